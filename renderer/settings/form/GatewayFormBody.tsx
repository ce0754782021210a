import { type FormEvent, useEffect, useRef, useState } from "react";
import type { KindInfo } from "../../../app/contract/contract.ts";
import type { SourceConfig } from "../../../app/settings/schema.ts";
import { useAppStore } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { useWords } from "../../words.tsx";
import { ConnectionFields } from "./ConnectionFields.tsx";
import { FormError } from "./FormError.tsx";
import styles from "./gateway-form.module.css";
import { KeyFields } from "./KeyFields.tsx";
import { OwnSettings } from "./OwnSettings.tsx";
import { TestOutcome } from "./TestOutcome.tsx";
import { useGatewayForm } from "./use-gateway-form.ts";

const c = classNames(styles);

interface GatewayFormBodyProps {
  readonly config: SourceConfig | null;
  readonly kinds: readonly KindInfo[];
  readonly onClose: () => void;
}

/** The form itself: where, with which key, what for; its test; and the ways to save it. */
export function GatewayFormBody({ config, kinds, onClose }: GatewayFormBodyProps) {
  const { t } = useWords();
  const { showToast } = useAppStore();
  const element = useRef<HTMLFormElement>(null);
  const [leaving, setLeaving] = useState(false);
  const form = useGatewayForm(config, kinds, () => {
    showToast({ type: "saved", label: savedName() });
    onClose();
  });
  const { busy, mayBeSaved, complete } = form;

  // Whoever has to correct a field is taken to it.
  const { error } = form;
  useEffect(() => {
    if (error === null) return;
    const wrong = element.current?.querySelector("[aria-invalid=true]");
    if (wrong instanceof HTMLElement) wrong.focus();
  }, [error]);

  function savedName(): string {
    const label = form.values.label.trim();
    return label === "" ? t("form.the-gateway") : label;
  }

  function cancel(): void {
    if (form.dirty && !leaving) setLeaving(true);
    else onClose();
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (busy !== null || !complete) return;
    void (mayBeSaved ? form.save() : form.test());
  }

  return (
    <Dialog
      title={config === null ? t("action.add-gateway") : t("form.edit-title", { label: config.label })}
      onCancel={cancel}
      footer={leaving ? leavingFooter() : savingFooter()}
    >
      <form ref={element} className={c("form")} onSubmit={submit} noValidate>
        {/* What Enter in a field does: the next step, whichever button that is. */}
        <input type="submit" hidden />
        <ConnectionFields form={form} kinds={kinds} />
        <KeyFields form={form} existing={config} />
        <OwnSettings form={form} />
      </form>
      <FormError error={form.error} />
      <div role="status" className={c("live")}>
        {form.tested !== null && <TestOutcome result={form.tested.result} current={form.current} />}
      </div>
    </Dialog>
  );

  function savingFooter() {
    return (
      <>
        {complete && !mayBeSaved && (
          <span className={c("untested")}>
            <Button variant="plain" disabled={busy !== null} onClick={() => void form.save()}>
              {t("form.save-untested")}
            </Button>
          </span>
        )}
        <Button onClick={cancel}>{t("action.cancel")}</Button>
        <Button
          variant={mayBeSaved ? "standard" : "primary"}
          disabled={!complete || busy !== null}
          onClick={() => void form.test()}
        >
          {busy === "testing" ? t("form.testing") : t("form.test")}
        </Button>
        <Button
          variant={mayBeSaved ? "primary" : "standard"}
          disabled={!mayBeSaved || busy !== null}
          onClick={() => void form.save()}
          title={mayBeSaved ? undefined : t("form.test-first")}
        >
          {busy === "saving" ? t("form.saving") : t("action.save")}
        </Button>
      </>
    );
  }

  function leavingFooter() {
    return (
      <>
        <p className={c("leaving")} role="alert">
          {t("form.discard-question")}
        </p>
        <Button autoFocus onClick={() => setLeaving(false)}>
          {t("form.keep-editing")}
        </Button>
        <Button variant="danger" onClick={onClose}>
          {t("form.discard")}
        </Button>
      </>
    );
  }
}
