import { useId } from "react";
import type { KeyInput, KindInfo } from "../../../app/contract/contract.ts";
import type { SourceConfig } from "../../../app/settings/schema.ts";
import { useApp } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { CodeInput } from "../../ui/CodeInput.tsx";
import { Field } from "../../ui/Field.tsx";
import { vaultWords } from "../../ui/vault-words.ts";
import { useWords } from "../../words.tsx";
import { fieldProblem } from "./field-problem.ts";
import styles from "./gateway-form.module.css";
import { KeyFileFields } from "./KeyFileFields.tsx";
import type { GatewayFormModel } from "./use-gateway-form.ts";

const c = classNames(styles);

interface KeyFieldsProps {
  readonly form: GatewayFormModel;
  readonly existing: SourceConfig | null;
  /** Where keys of the chosen kind usually lie, to pick from. */
  readonly known?: KindInfo["known"];
}

/** Where the key comes from. What is typed here goes to the host and never comes back. */
export function KeyFields({ form, existing, known }: KeyFieldsProps) {
  const { t } = useWords();
  const name = useId();
  const variables = useId();
  const vault = useApp((app) => app.vault);
  const { values, set } = form;
  const ways: readonly KeyInput["type"][] =
    existing === null ? ["secret", "env", "file"] : ["keep", "secret", "env", "file"];
  const vaultProblem = vaultWords(vault, t);
  const problem = fieldProblem(form.error, "key", t);
  return (
    <fieldset className={c("key")}>
      <legend className={c("legend")}>{t("form.key")}</legend>
      <div className={c("ways")}>
        {ways.map((way) => (
          <label key={way} className={c("way")}>
            <input
              type="radio"
              name={name}
              checked={values.keyFrom === way}
              onChange={() => set({ ...values, keyFrom: way })}
            />
            <span>{wayWords(way)}</span>
          </label>
        ))}
      </div>
      {values.keyFrom === "secret" && (
        <Field
          label={t("form.secret")}
          hint={
            vaultProblem === null
              ? t("form.secret-hint")
              : `${vaultProblem.title}. ${vaultProblem.why} ${vaultProblem.next}`
          }
          problem={problem}
        >
          {(control) => (
            <input
              {...control}
              data-key
              type="password"
              autoComplete="off"
              data-1p-ignore
              data-lpignore="true"
              spellCheck={false}
              maxLength={16_384}
              value={values.secret}
              onChange={(event) => set({ ...values, secret: event.target.value })}
              onPaste={(event) => {
                const pasted = event.clipboardData.getData("text");
                if (!/[\r\n]/.test(pasted.trim())) return;
                // The browser would join the lines to a key that nobody was given; kept as it is, the host can name the mistake.
                event.preventDefault();
                set({ ...values, secret: pasted });
              }}
            />
          )}
        </Field>
      )}
      {values.keyFrom === "env" && (
        <Field label={t("form.env")} hint={t("form.env-hint")} problem={problem}>
          {(control) => (
            <CodeInput
              {...control}
              maxLength={200}
              placeholder={known?.env[0] ?? "GATEWAY_API_KEY"}
              list={known === undefined ? undefined : variables}
              value={values.envName}
              onChange={(event) => set({ ...values, envName: event.target.value })}
            />
          )}
        </Field>
      )}
      {values.keyFrom === "env" && known !== undefined && (
        <datalist id={variables}>
          {known.env.map((variable) => (
            <option key={variable} value={variable} />
          ))}
        </datalist>
      )}
      {values.keyFrom === "file" && <KeyFileFields form={form} files={known?.files ?? []} problem={problem} />}
      {values.keyFrom === "keep" && <p className={c("keep")}>{kept()}</p>}
    </fieldset>
  );

  function wayWords(way: KeyInput["type"]): string {
    const saved = existing === null || existing.credential.type === "vault";
    return way === "keep" && !saved ? t("form.key-keep-place") : t(`form.key-${way}`);
  }

  /** Which key it is that stays: what is only referred to can be named. */
  function kept(): string {
    switch (existing?.credential.type) {
      case "env":
        return t("form.keep-env", { name: existing.credential.name });
      case "file":
        return t("form.keep-file", { path: existing.credential.path });
      case "vault":
      case undefined:
        return t("form.keep-hint");
    }
  }
}
