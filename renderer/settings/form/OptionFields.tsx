import type { KindInfo } from "../../../app/contract/contract.ts";
import { translateDynamic } from "../../../app/wording/translate.ts";
import { Field, type FieldControl } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { useWords } from "../../words.tsx";
import { optionText, withOption } from "./draft.ts";
import { fieldProblem } from "./field-problem.ts";
import type { GatewayFormModel } from "./use-gateway-form.ts";

interface OptionFieldsProps {
  readonly form: GatewayFormModel;
  readonly kind: KindInfo;
}

/** The kind's own options: a choice where there are only some values, else a text. */
export function OptionFields({ form, kind }: OptionFieldsProps) {
  const { t } = useWords();
  const { values, set, error } = form;
  const change = (name: string) => (event: { readonly target: { readonly value: string } }) =>
    set(withOption(values, name, event.target.value));
  // A definition has an editor of its own, further down.
  const fields = kind.optionFields.filter(({ editor }) => editor === undefined);
  return fields.map((field) => {
    const label = translateDynamic(t, field.labelKey);
    return (
      <Field
        key={field.name}
        label={field.required === true ? t("form.required", { label }) : label}
        hint={translateDynamic(t, field.hintKey)}
        problem={fieldProblem(error, "options", t)}
      >
        {(control) => (field.choices === undefined ? text(field, control) : choice(field, field.choices, control))}
      </Field>
    );
  });

  function text({ name, placeholder, required }: KindInfo["optionFields"][number], control: FieldControl) {
    return (
      <input
        {...control}
        required={required === true}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        placeholder={placeholder}
        value={optionText(values, name)}
        onChange={change(name)}
      />
    );
  }

  /** The first is what an empty field means, so that it needs no entry of its own. */
  function choice({ name }: { readonly name: string }, choices: readonly string[], control: FieldControl) {
    const value = optionText(values, name);
    const [first] = choices;
    return (
      <Select {...control} value={value === first ? "" : value} onChange={change(name)}>
        {choices.map((one) => (
          <option key={one} value={one === first ? "" : one}>
            {one}
          </option>
        ))}
        {value !== "" && !choices.includes(value) && <option value={value}>{value}</option>}
      </Select>
    );
  }
}
