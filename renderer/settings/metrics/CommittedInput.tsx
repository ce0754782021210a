import { type InputHTMLAttributes, useEffect, useState } from "react";
import { classNames } from "../../theme/class-names.ts";
import { CodeInput } from "../../ui/CodeInput.tsx";
import styles from "./metrics-section.module.css";

const c = classNames(styles);

interface CommittedInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange" | "accept"> {
  readonly value: string;
  readonly accept: (text: string) => boolean;
  /** What is said of a text that is not accepted. */
  readonly problem: string;
  readonly onCommit: (text: string) => void;
}

/** An input whose text takes effect with Enter or when it is left, and only when it is accepted. Escape takes it back. */
export function CommittedInput({ value, accept, problem, onCommit, ...rest }: CommittedInputProps) {
  const [text, setText] = useState(value);
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    setText(value);
    setRefused(false);
  }, [value]);
  const commit = (): void => {
    const given = text.trim();
    const isFine = accept(given);
    setRefused(!isFine);
    if (isFine && given !== value) onCommit(given);
  };
  return (
    <>
      <CodeInput
        {...rest}
        value={text}
        aria-invalid={refused ? true : undefined}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
          if (event.key === "Escape") {
            setText(value);
            setRefused(false);
          }
        }}
      />
      {refused && (
        <p className={c("problem")} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
