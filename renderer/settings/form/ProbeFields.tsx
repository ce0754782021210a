import { ClipboardCheck } from "lucide-react";
import { type ClipboardEvent, type DragEvent, useState } from "react";
import { type Pasted, understandPaste } from "../../../app/sources/probe/pasted.ts";
import { pasteProblemWords } from "../../../app/wording/probe-words.ts";
import { classNames } from "../../theme/class-names.ts";
import { Field } from "../../ui/Field.tsx";
import { useWords } from "../../words.tsx";
import { fieldProblem } from "./field-problem.ts";
import { KeyFields } from "./KeyFields.tsx";
import { PlainHttpConsent } from "./PlainHttpConsent.tsx";
import styles from "./probe.module.css";
import type { GatewayFormModel } from "./use-gateway-form.ts";
import { withPasted } from "./use-probe.ts";

const c = classNames(styles);

/** One field for whatever is at hand, and the key. A pasted text is taken apart here and goes no further. */
export function ProbeFields({ form }: { readonly form: GatewayFormModel }) {
  const { t } = useWords();
  const { values, set, error } = form;
  const [pasted, setPasted] = useState<Pasted | null>(null);
  const problem = pasted?.ok === false ? pasteProblemWords(pasted.problem, t) : fieldProblem(error, "address", t);

  function takeApart(event: ClipboardEvent | DragEvent, data: DataTransfer): void {
    const text = data.getData("text");
    const understood = understandPaste(text);
    // An address alone is pasted as it is, also into the middle of another.
    const plain = understood.ok ? understood.from === "address" : !/\s/.test(text.trim());
    setPasted(plain ? null : understood);
    if (plain) return;
    event.preventDefault();
    if (understood.ok) set(withPasted(values, understood));
  }

  return (
    <>
      <div className={c("paste")}>
        <Field label={t("probe.paste-label")} hint={t("probe.paste-hint")} problem={problem}>
          {(control) => (
            <input
              {...control}
              className={`${control.className} ${c("big")}`}
              data-first
              type="text"
              inputMode="url"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={2048}
              placeholder={t("form.address-example")}
              value={values.baseUrl}
              onPaste={(event) => takeApart(event, event.clipboardData)}
              onDrop={(event) => takeApart(event, event.dataTransfer)}
              onChange={(event) => {
                setPasted(null);
                set({ ...values, baseUrl: event.target.value });
              }}
            />
          )}
        </Field>
        <p role="status" className={c("taken")}>
          {pasted?.ok === true && (
            <>
              <ClipboardCheck size={14} strokeWidth={2.2} aria-hidden="true" />
              {taken(pasted)}
            </>
          )}
        </p>
      </div>
      <PlainHttpConsent form={form} />
      <KeyFields form={form} existing={null} />
    </>
  );

  function taken({ baseUrl, key }: Extract<Pasted, { ok: true }>): string {
    if (baseUrl === null) return t("probe.taken-key");
    switch (key?.type) {
      case undefined:
        return t("probe.taken-address");
      case "secret":
        return t("probe.taken-both");
      case "env":
        return t("probe.taken-variable", { name: key.name });
    }
  }
}
