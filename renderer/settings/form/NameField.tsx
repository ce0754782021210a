import { Field } from "../../ui/Field.tsx";
import { useWords } from "../../words.tsx";
import type { GatewayFormModel } from "./use-gateway-form.ts";

/** What the gateway is to be called. */
export function NameField({ form }: { readonly form: GatewayFormModel }) {
  const { t } = useWords();
  const { values, set } = form;
  return (
    <Field label={t("form.label")}>
      {(control) => (
        <input
          {...control}
          data-name
          autoComplete="off"
          maxLength={80}
          placeholder={t("form.label-hint")}
          value={values.label}
          onChange={(event) => set({ ...values, label: event.target.value })}
        />
      )}
    </Field>
  );
}
