import { LoaderCircle } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { KindInfo, SentDraft } from "../../../app/contract/contract.ts";
import type { SourceConfig } from "../../../app/settings/schema.ts";
import { useAppStore } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { takeTo } from "../../ui/attention.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { useWords } from "../../words.tsx";
import { ConnectionFields } from "./ConnectionFields.tsx";
import { FormError } from "./FormError.tsx";
import { FindingFooter, LeavingFooter, SavingFooter } from "./FormFooter.tsx";
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
import { useFormFocus } from "./use-form-focus.ts";
import { useGatewayForm } from "./use-gateway-form.ts";
import { isAddressNeeded, useProbe } from "./use-probe.ts";

const c = classNames({ ...styles, ...probeStyles });

interface GatewayFormBodyProps {
  readonly config: SourceConfig | null;
  /** What is known of a new one that is filled in by hand; null where Plimsoll is to find out. */
  readonly given: SentDraft | null;
  readonly kinds: readonly KindInfo[];
  readonly onClose: () => void;
}

/**
 * The form itself. A new gateway begins with address and key alone, and Plimsoll finds out the rest; a known one, or one whose
 * kind the user chooses, shows all there is to say, with its test.
 */
export function GatewayFormBody({ config, given, kinds, onClose }: GatewayFormBodyProps) {
  const { t } = useWords();
  const { showToast } = useAppStore();
  const element = useRef<HTMLFormElement>(null);
  const [leaving, setLeaving] = useState(false);
  const [finding, setFinding] = useState(config === null && given === null);
  const form = useGatewayForm(config, given, kinds, () => {
    showToast({ type: "saved", label: savedName() });
    onClose();
  });
  const probe = useProbe(form);
  const { busy } = form;
  const kind = kinds.find(({ id }) => id === form.values.kind);
  const waiting = busy !== null || probe.busy;
  const mayBeSaved = finding ? probe.mayBeSaved : form.mayBeSaved;
  const complete = finding ? probe.complete : form.complete;

  const refused = probe.chosen?.keyRefused === true;
  useFormFocus(element, form, probe, finding);

  // Whoever stays comes back to where they were when they wanted to leave.
  const left = useRef<Element | null>(null);
  useEffect(() => {
    if (leaving || left.current === null) return;
    const { current: before } = left;
    left.current = null;
    takeTo(before.isConnected ? before : element.current?.querySelector("[data-first]"));
  }, [leaving]);

  function savedName(): string {
    const label = form.values.label.trim();
    return label === "" ? t("form.the-gateway") : label;
  }

  function cancel(): void {
    if (!form.dirty || leaving) {
      onClose();
      return;
    }
    left.current = document.activeElement;
    setLeaving(true);
  }

  function save(): void {
    void form.save(finding ? probe.values : form.values);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (waiting || !complete) return;
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
      footer={footer()}
    >
      <form
        ref={element}
        className={c("form")}
        onSubmit={submit}
        noValidate
        data-refused={finding && refused ? true : undefined}
        data-needs-address={finding && isAddressNeeded(probe) ? true : undefined}
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
            {probe.reply !== null && (
              // The name stands above, so that what was found can be read however much it tells.
              <div className={c("form", "found")} data-found>
                {probe.chosen !== null && !refused && <NameField form={form} />}
                <ProbeOutcome probe={probe} kinds={kinds} testing={busy === "testing"} />
              </div>
            )}
          </>
        ) : (
          <>
            <ConnectionFields form={form} kinds={kinds} />
            <KeyFields form={form} existing={config} known={kind?.known} />
            <MappingSection form={form} kind={kind} existing={config} />
            <OwnSettings form={form} />
          </>
        )}
      </form>
      <FormError error={form.error} kind={finding ? undefined : kind} />
      {finding ? (
        <ProbeStatus probe={probe} />
      ) : (
        <div role="status" className={c("live")}>
          {form.tested !== null && (
            <TestOutcome
              result={form.tested.result}
              kind={form.values.kind}
              optionFields={kind?.optionFields ?? []}
              sourceId={config?.id ?? null}
              current={form.current}
            />
          )}
        </div>
      )}
    </Dialog>
  );

  function footer() {
    if (leaving) return <LeavingFooter onStay={() => setLeaving(false)} onLeave={onClose} />;
    const common = { form, waiting, onCancel: cancel, onSave: save };
    return finding ? (
      <FindingFooter {...common} probe={probe} onSwitch={chooseByHand} />
    ) : (
      <SavingFooter {...common} onSwitch={config === null ? () => setFinding(true) : null} />
    );
  }
}
