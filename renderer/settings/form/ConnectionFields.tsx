import type { KindInfo } from "../../../app/contract/contract.ts";
import { translateDynamic } from "../../../app/wording/translate.ts";
import { classNames } from "../../theme/class-names.ts";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { useWords } from "../../words.tsx";
import { optionText, withKind, withOption } from "./draft.ts";
import { fieldProblem } from "./field-problem.ts";
import styles from "./gateway-form.module.css";
import { NotListed } from "./NotListed.tsx";
import type { GatewayFormModel } from "./use-gateway-form.ts";

const c = classNames(styles);

interface ConnectionFieldsProps {
  readonly form: GatewayFormModel;
  readonly kinds: readonly KindInfo[];
}

/** Name, kind and address, the kind's own options, and the consent to plain http once it is needed. */
export function ConnectionFields({ form, kinds }: ConnectionFieldsProps) {
  const { t } = useWords();
  const { values, set, error } = form;
  const kind = kinds.find((other) => other.id === values.kind);
  return (
    <>
      <div className={c("pair")}>
        <Field
          label={t("form.kind")}
          hint={kind === undefined ? t("form.kind-unknown", { kind: values.kind }) : undefined}
        >
          {(control) => (
            <Select
              {...control}
              value={values.kind}
              onChange={(event) => set(withKind(values, event.target.value, kinds))}
            >
              {kind === undefined && <option value={values.kind}>{values.kind}</option>}
              {(["gateway", "provider"] as const).map((group) => {
                const members = kinds.filter((other) => other.group === group);
                return (
                  members.length > 0 && (
                    <optgroup key={group} label={t(`form.group-${group}`)}>
                      {members.map(({ id, name }) => (
                        <option key={id} value={id}>
                          {name}
                        </option>
                      ))}
                    </optgroup>
                  )
                );
              })}
            </Select>
          )}
        </Field>
        <Field label={t("form.label")}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              maxLength={80}
              placeholder={t("form.label-hint")}
              value={values.label}
              onChange={(event) => set({ ...values, label: event.target.value })}
            />
          )}
        </Field>
      </div>
      <NotListed />
      <Field label={t("form.address")} hint={t("form.address-hint")} problem={fieldProblem(error, "address", t)}>
        {(control) => (
          <input
            {...control}
            data-first
            type="url"
            inputMode="url"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={2048}
            placeholder={t("form.address-example")}
            value={values.baseUrl}
            onChange={(event) => set({ ...values, baseUrl: event.target.value })}
          />
        )}
      </Field>
      {form.needsConsent && (
        <label className={c("consent")}>
          <input
            type="checkbox"
            checked={values.allowPlainHttp}
            onChange={(event) => set({ ...values, allowPlainHttp: event.target.checked })}
          />
          <span>
            <strong>{t("form.plain-http")}</strong> {t("form.plain-http-hint")}
          </span>
        </label>
      )}
      {kind?.optionFields.map((field) => (
        <Field
          key={field.name}
          label={translateDynamic(t, field.labelKey)}
          hint={translateDynamic(t, field.hintKey)}
          problem={fieldProblem(error, "options", t)}
        >
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              placeholder={field.placeholder}
              value={optionText(values, field.name)}
              onChange={(event) => set(withOption(values, field.name, event.target.value))}
            />
          )}
        </Field>
      ))}
    </>
  );
}
