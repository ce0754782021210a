import type { ReactNode } from "react";
import { classNames } from "../../../theme/class-names.ts";
import { CodeArea } from "../../../ui/CodeInput.tsx";
import { Field } from "../../../ui/Field.tsx";
import styles from "./mapping.module.css";

const c = classNames(styles);

interface DefinitionInputProps {
  readonly label: string;
  readonly hint: string;
  readonly problem: string | null;
  readonly rows: number;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly buttons: ReactNode;
  /** What came of it, between the text and the buttons. */
  readonly children?: ReactNode;
}

/** A definition as text, with what can be done with it. */
export function DefinitionInput({
  label,
  hint,
  problem,
  rows,
  text,
  onChange,
  buttons,
  children,
}: DefinitionInputProps) {
  return (
    <div className={c("tool")}>
      <Field label={label} hint={hint} problem={problem}>
        {(control) => (
          <CodeArea
            {...control}
            rows={rows}
            maxLength={262_144}
            value={text}
            onChange={({ target }) => onChange(target.value)}
          />
        )}
      </Field>
      {children}
      <div className={c("toolButtons")}>{buttons}</div>
    </div>
  );
}
