import { compileQuery } from "../../../../app/sources/mapping/query.ts";
import { CodeInput } from "../../../ui/CodeInput.tsx";
import { Field } from "../../../ui/Field.tsx";

interface PathFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  /** Nothing in it is no mistake. */
  readonly optional?: boolean;
  readonly placeholder?: string;
}

/** A path into the answer, judged while it is typed. */
export function PathField({ label, value, onChange, optional = false, placeholder }: PathFieldProps) {
  const compiled = compileQuery(value);
  const fine = compiled.ok || (optional && value === "");
  return (
    <Field label={label} problem={fine ? null : compiled.problem}>
      {(control) => (
        <CodeInput
          {...control}
          maxLength={500}
          placeholder={placeholder}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
