import { ClipboardCheck } from "lucide-react";
import { type ClipboardEvent, type DragEvent, useRef, useState } from "react";
import { type Pasted, understandPaste } from "../../../app/sources/probe/pasted.ts";
import { isPlainAddress } from "../../../app/sources/probe/pasted-plain.ts";
import { pasteProblemWords } from "../../../app/wording/probe-words.ts";
import { classNames } from "../../theme/class-names.ts";
import { Field } from "../../ui/Field.tsx";
import { useWords } from "../../words.tsx";
import { withAddress } from "./draft.ts";
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
  /** Taking a text apart may take a moment: it is for the form as it is then, and the last of several counts. */
  const latest = useRef({ values, pastes: 0 });
  latest.current.values = values;
  const problem = pasted?.ok === false ? pasteProblemWords(pasted.problem, t) : fieldProblem(error, "address", t);

  function takeApart(event: ClipboardEvent | DragEvent, data: DataTransfer): void {
    const text = data.getData("text");
    latest.current.pastes += 1;
    setPasted(null);
    // An address alone is pasted as it is, also into the middle of another.
    if (isPlainAddress(text)) return;
    event.preventDefault();
    void take(text, latest.current.pastes);
  }

  async function take(text: string, paste: number): Promise<void> {
    const understood = await understandPaste(text);
    if (latest.current.pastes !== paste) return;
    setPasted(understood);
    if (understood.ok) set(withPasted(latest.current.values, understood));
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
                set(withAddress(values, event.target.value));
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
      {form.needsConsent && (
        <PlainHttpConsent
          checked={values.allowPlainHttp}
          onChange={(allowPlainHttp) => set({ ...values, allowPlainHttp })}
        />
      )}
      <KeyFields form={form} existing={null} />
    </>
  );

  function taken({ baseUrl, key, leftOut }: Extract<Pasted, { ok: true }>): string {
    if (leftOut !== null) return pasteProblemWords(leftOut, t);
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
