import { Plus } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import type { Finding } from "../../../app/discovery/discovery.ts";
import { findingName, placeWords } from "../../../app/wording/discovery-words.ts";
import { useApp } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words.tsx";
import { FindingQuestions } from "./FindingQuestions.tsx";
import { FindingSign } from "./FindingSign.tsx";
import styles from "./found.module.css";
import { useAdding } from "./use-adding.ts";

const c = classNames(styles);

interface FindingRowProps {
  readonly finding: Finding;
  /** The source that was made of it on this page; undefined when none was. */
  readonly addedHere: string | undefined;
  readonly onAdded: (sourceId: string) => void;
}

/** One key that was found: for what, where, whether it can be used, and the way to add it. */
export function FindingRow({ finding, addedHere, onAdded }: FindingRowProps) {
  const { t } = useWords();
  const nameId = useId();
  const row = useRef<HTMLLIElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const back = useRef(false);
  const readOnly = useApp((app) => app.settingsReadOnly);
  const added = useApp((app) => app.configs.find(({ id }) => id === addedHere || id === finding.added?.id));
  const adding = useAdding(finding, (sourceId) => {
    onAdded(sourceId);
    row.current?.focus();
  });
  const { tool, place, alsoAt, status } = finding;
  const where = placeWords(place, t);

  // Whoever leaves the questions comes back to the button that opened them.
  useEffect(() => {
    if (adding.step !== "idle" || !back.current) return;
    back.current = false;
    button.current?.focus();
  });

  return (
    <li ref={row} className={c("row")} aria-labelledby={nameId} tabIndex={-1}>
      <div className={c("about")}>
        <h2 id={nameId} className={c("name")}>
          {findingName(finding, t)}
        </h2>
        <p className={c("facts")}>{tool === null ? where : t("found.by", { place: where, tool })}</p>
        {alsoAt.length > 0 && (
          <p className={c("facts")}>
            {t("found.also", { places: alsoAt.map((other) => placeWords(other, t)).join("; ") })}
          </p>
        )}
        {status === "expired" && tool !== null && <p className={c("note")}>{t("found.expired-hint", { tool })}</p>}
        {added !== undefined && <p className={c("note")}>{t("found.added-as", { label: added.label })}</p>}
      </div>
      <div className={c("side")}>
        <FindingSign state={added === undefined ? status : "already-added"} />
        {added === undefined && adding.step === "idle" && (
          <Button ref={button} small icon={Plus} aria-describedby={nameId} disabled={readOnly} onClick={adding.begin}>
            {t("found.add")}
          </Button>
        )}
      </div>
      {adding.step !== "idle" && (
        <FindingQuestions
          finding={finding}
          adding={adding}
          onCancel={() => {
            back.current = true;
            adding.cancel();
          }}
        />
      )}
    </li>
  );
}
