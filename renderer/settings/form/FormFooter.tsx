import { Search } from "lucide-react";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words.tsx";
import styles from "./probe.module.css";
import type { GatewayFormModel } from "./use-gateway-form.ts";
import { needsMore, type ProbeModel } from "./use-probe.ts";

const c = classNames(styles);

interface FormFooterProps {
  readonly form: GatewayFormModel;
  /** Something is under way: the buttons wait, and keep the focus. */
  readonly waiting: boolean;
  /** Goes to the other way of filling the form in; null where there is none. */
  readonly onSwitch: (() => void) | null;
  readonly onCancel: () => void;
  readonly onSave: () => void;
}

/** What can be done while Plimsoll finds out. */
export function FindingFooter({
  form,
  probe,
  waiting,
  onSwitch,
  onCancel,
  onSave,
}: FormFooterProps & { readonly probe: ProbeModel }) {
  const { t } = useWords();
  const { chosen, reply } = probe;
  const more = needsMore(probe);
  /** The way on is the address to agree to. */
  const toAgree = reply?.type === "result" && reply.result.outcome === "needs-other-address";
  return (
    <>
      {/* What is left to fill in is where the kind is chosen, too, and asking again would tell nothing else. */}
      <span className={c("left")}>
        {!more && (
          <Button variant="plain" waiting={waiting} onClick={onSwitch ?? undefined}>
            {t("probe.by-hand")}
          </Button>
        )}
        {chosen !== null && !probe.mayBeSaved && !chosen.keyRefused && !more && (
          <SaveAnyway waiting={waiting} onSave={onSave} />
        )}
      </span>
      <Button onClick={onCancel}>{t("action.cancel")}</Button>
      {more ? (
        <Button key="fill" variant="primary" waiting={waiting} onClick={onSwitch ?? undefined}>
          {t("probe.fill-in")}
        </Button>
      ) : chosen !== null && probe.mayBeSaved ? (
        <Button key="save" variant="primary" waiting={waiting} onClick={onSave}>
          {form.busy === "saving" ? t("form.saving") : t("action.save")}
        </Button>
      ) : (
        <Button
          key="find"
          variant={toAgree ? "standard" : "primary"}
          icon={Search}
          disabled={!probe.complete}
          waiting={waiting}
          onClick={() => void probe.find()}
        >
          {t("probe.find")}
        </Button>
      )}
    </>
  );
}

/** What can be done where everything is filled in by hand. */
export function SavingFooter({ form, waiting, onSwitch, onCancel, onSave }: FormFooterProps) {
  const { t } = useWords();
  const { busy, complete, mayBeSaved } = form;
  return (
    <>
      <span className={c("left")}>
        {onSwitch !== null && (
          <Button variant="plain" waiting={waiting} onClick={onSwitch}>
            {t("probe.instead")}
          </Button>
        )}
        {complete && !mayBeSaved && <SaveAnyway waiting={waiting} onSave={onSave} />}
      </span>
      <Button onClick={onCancel}>{t("action.cancel")}</Button>
      <Button
        variant={mayBeSaved ? "standard" : "primary"}
        disabled={!complete}
        waiting={waiting}
        onClick={() => void form.test()}
      >
        {busy === "testing" ? t("form.testing") : t("form.test")}
      </Button>
      <Button
        variant={mayBeSaved ? "primary" : "standard"}
        disabled={!mayBeSaved}
        waiting={waiting}
        onClick={onSave}
        title={mayBeSaved ? undefined : t("form.test-first")}
      >
        {busy === "saving" ? t("form.saving") : t("action.save")}
      </Button>
    </>
  );
}

/** The question before what was entered is thrown away. */
export function LeavingFooter({ onStay, onLeave }: { readonly onStay: () => void; readonly onLeave: () => void }) {
  const { t } = useWords();
  return (
    <>
      <p className={c("leaving")} role="alert">
        {t("form.discard-question")}
      </p>
      <Button autoFocus onClick={onStay}>
        {t("form.keep-editing")}
      </Button>
      <Button variant="danger" onClick={onLeave}>
        {t("form.discard")}
      </Button>
    </>
  );
}

function SaveAnyway({ waiting, onSave }: { readonly waiting: boolean; readonly onSave: () => void }) {
  const { t } = useWords();
  return (
    <Button variant="plain" waiting={waiting} onClick={onSave} title={t("form.save-untested-hint")}>
      {t("form.save-untested")}
    </Button>
  );
}
