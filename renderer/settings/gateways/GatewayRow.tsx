import { ArrowDown, ArrowUp, Bell, BellOff, Pause, Pencil, Play, TextCursorInput, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import type { SourceConfig } from "../../../app/settings/schema.ts";
import { useApp, useAppStore } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { StatusSign } from "../../ui/StatusSign.tsx";
import { type UiTranslate, useWords } from "../../words.tsx";
import { goTo } from "../route.ts";
import styles from "./gateways.module.css";
import { RenameField } from "./RenameField.tsx";

const c = classNames(styles);

interface GatewayRowProps {
  readonly config: SourceConfig;
  readonly first: boolean;
  readonly last: boolean;
  readonly readOnly: boolean;
  readonly onMove: (by: -1 | 1) => void;
}

/** One gateway of the user's: who it is, how it stands, and all that can be done with it. */
export function GatewayRow({ config, first, last, readOnly, onMove }: GatewayRowProps) {
  const { t } = useWords();
  const { run, showToast } = useAppStore();
  const nameId = useId();
  const state = useApp((app) => app.sources.find(({ id }) => id === config.id));
  const [renaming, setRenaming] = useState(false);
  const { id, label, muted, paused } = config;
  const kind = state?.kindName ?? config.kind;
  const facts = [...(kind === label ? [] : [kind]), config.baseUrl, keyPlace(config.credential, t)];

  async function remove(): Promise<void> {
    const result = await run("sources.remove", { id });
    if (result.ok) showToast({ type: "removed", sourceId: id, label, undoUntil: result.value.undoUntil });
  }

  return (
    <li className={c("row")} data-gateway={id} aria-label={label}>
      <div className={c("moves")}>
        <IconButton
          small
          icon={ArrowUp}
          label={t("gateways.move-up", { label })}
          data-move="-1"
          disabled={first || readOnly}
          onClick={() => onMove(-1)}
        />
        <IconButton
          small
          icon={ArrowDown}
          label={t("gateways.move-down", { label })}
          data-move="1"
          disabled={last || readOnly}
          onClick={() => onMove(1)}
        />
      </div>
      <div className={c("about")}>
        {renaming ? (
          <RenameField config={config} onDone={() => setRenaming(false)} />
        ) : (
          <h2 id={nameId} className={c("name")}>
            {label}
            {muted && (
              <span className={c("muted")} title={t("source.muted")}>
                <BellOff size={13} aria-hidden="true" />
                <span className="visually-hidden">{t("source.muted")}</span>
              </span>
            )}
          </h2>
        )}
        <p className={c("facts")}>{facts.join(" · ")}</p>
      </div>
      {state !== undefined && <StatusSign source={state} />}
      <div className={c("actions")}>
        <Button
          variant="plain"
          small
          icon={Pencil}
          aria-describedby={nameId}
          onClick={() => goTo({ section: "gateways", form: { type: "edit", sourceId: id } })}
        >
          {t("gateways.edit")}
        </Button>
        <Button
          variant="plain"
          small
          icon={TextCursorInput}
          aria-describedby={nameId}
          disabled={readOnly || renaming}
          onClick={() => setRenaming(true)}
        >
          {t("gateways.rename")}
        </Button>
        <Button
          variant="plain"
          small
          icon={muted ? Bell : BellOff}
          aria-describedby={nameId}
          disabled={readOnly}
          onClick={() => void run("sources.adjust", { id, muted: !muted })}
        >
          {t(muted ? "gateways.unmute" : "gateways.mute")}
        </Button>
        <Button
          variant="plain"
          small
          icon={paused ? Play : Pause}
          aria-describedby={nameId}
          disabled={readOnly}
          onClick={() => void run("sources.adjust", { id, paused: !paused })}
        >
          {t(paused ? "gateways.resume" : "gateways.pause")}
        </Button>
        <Button
          variant="plain"
          small
          icon={Trash2}
          aria-describedby={nameId}
          disabled={readOnly}
          onClick={() => void remove()}
        >
          {t("gateways.remove")}
        </Button>
      </div>
    </li>
  );
}

function keyPlace(credential: SourceConfig["credential"], t: UiTranslate): string {
  switch (credential.type) {
    case "env":
      return t("gateways.key-env", { name: credential.name });
    case "file":
      return t("gateways.key-file", { path: credential.path });
    case "vault":
      return t("gateways.key-saved");
  }
}
