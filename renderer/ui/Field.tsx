import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { classNames } from "../theme/class-names.ts";
import styles from "./field.module.css";

const c = classNames(styles);

/** What a control needs to be tied to its label, hint and problem. */
export interface FieldControl {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": boolean | undefined;
  readonly className: string;
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** Why what stands in it was not accepted. */
  readonly problem?: string | null;
  readonly children: (control: FieldControl) => ReactNode;
}

/** A labelled control with a hint below it and, when need be, what is wrong with it. */
export function Field({ label, hint, problem = null, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const problemId = `${id}-problem`;
  const described = [hint === undefined ? null : hintId, problem === null ? null : problemId].filter(Boolean).join(" ");
  return (
    <div className={c("field")}>
      <label className={c("label")} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        "aria-describedby": described === "" ? undefined : described,
        "aria-invalid": problem === null ? undefined : true,
        className: c("control"),
      })}
      {problem !== null && (
        <p id={problemId} className={c("problem")} role="alert">
          <CircleAlert size={14} strokeWidth={2.2} aria-hidden="true" />
          <span>{problem}</span>
        </p>
      )}
      {hint !== undefined && (
        <p id={hintId} className={c("hint")}>
          {hint}
        </p>
      )}
    </div>
  );
}
