import { LoaderCircle, Search } from "lucide-react";
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
import { MappingSection } from "./MappingSection.tsx";
import { NameField } from "./NameField.tsx";
import { OwnSettings } from "./OwnSettings.tsx";
import { ProbeFields } from "./ProbeFields.tsx";
import { ProbeOutcome } from "./ProbeOutcome.tsx";
import { ProbeStatus } from "./ProbeStatus.tsx";
import probeStyles from "./probe.module.css";
import { TestOutcome } from "./TestOutcome.tsx";
import { useGatewayForm } from "./use-gateway-form.ts";
import { needsMore, useProbe } from "./use-probe.ts";

const c = classNames({ ...styles, ...probeStyles });

interface GatewayFormBodyProps {
  readonly config: SourceConfig | null;
  readonly kinds: readonly KindInfo[];
  readonly onClose: () => void;
}

/**
 * The form itself. A new gateway begins with address and key alone, and Plimsoll finds out the rest; a known one, or one whose
 * kind the user chooses, shows all there is to say, with its test.
 */
export function GatewayFormBody({ config, kinds, onClose }: GatewayFormBodyProps) {
  const { t } = useWords();
  const { showToast } = useAppStore();
  const element = useRef<HTMLFormElement>(null);
  const [leaving, setLeaving] = useState(false);
  const [finding, setFinding] = useState(config === null);
  const form = useGatewayForm(config, kinds, () => {
    showToast({ type: "saved", label: savedName() });
    onClose();
  });
  const probe = useProbe(form);
  const { busy } = form;
  const idle = busy === null && !probe.busy;
  const mayBeSaved = finding ? probe.mayBeSaved : form.mayBeSaved;
  const complete = finding ? probe.complete : form.complete;

  // Whoever has to correct a field is taken to it.
  const { error } = form;
  useEffect(() => {
    if (error === null) return;
    const wrong = element.current?.querySelector("[aria-invalid=true]");
    if (wrong instanceof HTMLElement) wrong.focus();
  }, [error]);

  // The button that switched is gone, and the other fields begin at their first.
  const shown = useRef(finding);
  useEffect(() => {
    if (shown.current === finding) return;
    shown.current = finding;
    const first = element.current?.querySelector("[data-first]");
    if (first instanceof HTMLElement) first.focus();
  }, [finding]);

  // The next thing to do after finding out: choose, give it a name, or enter another key.
  const { reply } = probe;
  useEffect(() => {
    if (reply === null) return;
    const next = ["[data-choice]", "[data-name]", "[data-refused] [data-key]"]
      .map((selector) => element.current?.querySelector(selector))
      .find((found) => found instanceof HTMLElement);
    if (next instanceof HTMLElement) next.focus();
  }, [reply]);
  /** The way on is the address to agree to. */
  const toAgree = reply?.type === "result" && reply.result.outcome === "needs-other-address";
  const refused = probe.chosen?.keyRefused === true;

  function savedName(): string {
    const label = form.values.label.trim();
    return label === "" ? t("form.the-gateway") : label;
  }

  function cancel(): void {
    if (form.dirty && !leaving) setLeaving(true);
    else onClose();
  }

  function save(): void {
    void form.save(finding ? probe.values : form.values);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!idle || !complete) return;
    if (mayBeSaved) save();
    else if (finding) void probe.find();
    else void form.test();
  }

  function chooseByHand(): void {
    form.set(probe.values);
    setFinding(false);
  }

  return (
    <Dialog
      title={config === null ? t("action.add-gateway") : t("form.edit-title", { label: config.label })}
      onCancel={cancel}
      footer={leaving ? leavingFooter() : finding ? findingFooter() : savingFooter()}
    >
      <form
        ref={element}
        className={c("form")}
        onSubmit={submit}
        noValidate
        data-refused={finding && refused ? true : undefined}
      >
        {/* What Enter in a field does: the next step, whichever button that is. */}
        <input type="submit" hidden />
        {finding ? (
          <>
            <ProbeFields form={form} />
            {probe.busy && (
              <p className={c("busy")}>
                <LoaderCircle size={17} strokeWidth={2.2} aria-hidden="true" />
                {t("probe.finding")}
              </p>
            )}
            <ProbeOutcome probe={probe} kinds={kinds} testing={busy === "testing"} />
            {probe.chosen !== null && !refused && <NameField form={form} />}
          </>
        ) : (
          <>
            <ConnectionFields form={form} kinds={kinds} />
            <KeyFields form={form} existing={config} known={kinds.find(({ id }) => id === form.values.kind)?.known} />
            <MappingSection form={form} kind={kinds.find(({ id }) => id === form.values.kind)} existing={config} />
            <OwnSettings form={form} />
          </>
        )}
      </form>
      <FormError error={form.error} />
      {finding ? (
        <ProbeStatus probe={probe} />
      ) : (
        <div role="status" className={c("live")}>
          {form.tested !== null && (
            <TestOutcome
              result={form.tested.result}
              kind={form.values.kind}
              sourceId={config?.id ?? null}
              current={form.current}
            />
          )}
        </div>
      )}
    </Dialog>
  );

  function findingFooter() {
    return (
      <>
        <span className={c("left")}>
          <Button variant="plain" disabled={!idle} onClick={chooseByHand}>
            {t("probe.by-hand")}
          </Button>
          {probe.chosen !== null && !mayBeSaved && !refused && !needsMore(probe) && (
            <Button variant="plain" disabled={!idle} onClick={save}>
              {t("form.save-untested")}
            </Button>
          )}
        </span>
        <Button onClick={cancel}>{t("action.cancel")}</Button>
        {needsMore(probe) && (
          <Button key="fill" variant="primary" disabled={!idle} onClick={chooseByHand}>
            {t("probe.fill-in")}
          </Button>
        )}
        {probe.chosen !== null && mayBeSaved ? (
          <Button key="save" variant="primary" disabled={!idle} onClick={save}>
            {busy === "saving" ? t("form.saving") : t("action.save")}
          </Button>
        ) : (
          <Button
            key="find"
            variant={toAgree || needsMore(probe) ? "standard" : "primary"}
            icon={Search}
            disabled={!complete || !idle}
            onClick={() => void probe.find()}
          >
            {t("probe.find")}
          </Button>
        )}
      </>
    );
  }

  function savingFooter() {
    return (
      <>
        <span className={c("left")}>
          {config === null && (
            <Button variant="plain" disabled={!idle} onClick={() => setFinding(true)}>
              {t("probe.instead")}
            </Button>
          )}
          {complete && !mayBeSaved && (
            <Button variant="plain" disabled={!idle} onClick={save}>
              {t("form.save-untested")}
            </Button>
          )}
        </span>
        <Button onClick={cancel}>{t("action.cancel")}</Button>
        <Button
          variant={mayBeSaved ? "standard" : "primary"}
          disabled={!complete || !idle}
          onClick={() => void form.test()}
        >
          {busy === "testing" ? t("form.testing") : t("form.test")}
        </Button>
        <Button
          variant={mayBeSaved ? "primary" : "standard"}
          disabled={!mayBeSaved || !idle}
          onClick={save}
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
