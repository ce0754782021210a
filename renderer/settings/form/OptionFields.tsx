import type { KindInfo } from "../../../app/contract/contract.ts";
import { translateDynamic } from "../../../app/wording/translate.ts";
import { Field, type FieldControl } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { useWords } from "../../words.tsx";
import { isMissing, optionText, withOption } from "./draft.ts";
import { optionProblem } from "./field-problem.ts";
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
    // What is still to be filled in is no mistake: the label says that it is needed.
    const problem = isMissing(values, field) ? null : optionProblem(error, field, t);
    return (
      <Field
        key={field.name}
        label={field.required === true ? t("form.required", { label }) : label}
        hint={translateDynamic(t, field.hintKey)}
        problem={problem}
      >
        {(control) => (field.choices === undefined ? text(field, control) : choice(field, field.choices, control))}
      </Field>
    );
  });

  function text(field: KindInfo["optionFields"][number], control: FieldControl) {
    const { name, placeholder, required } = field;
    return (
      <input
        {...control}
        required={required === true}
        data-missing={isMissing(values, field) ? true : undefined}
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
            {choiceWords(one)}
          </option>
        ))}
        {value !== "" && !choices.includes(value) && <option value={value}>{choiceWords(value)}</option>}
      </Select>
    );
  }

  /** What a value means; the value itself where it speaks for itself, such as a currency. */
  function choiceWords(value: string): string {
    const key = `option.choice.${value}`;
    const words = translateDynamic(t, key);
    return words === key ? value : words;
  }
}
