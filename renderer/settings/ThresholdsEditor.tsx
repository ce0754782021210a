import { Plus, X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { classNames } from "../theme/class-names.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { useWords } from "../words.tsx";
import { addThreshold, MOST_THRESHOLDS, type ThresholdProblem } from "./thresholds.ts";
import styles from "./thresholds-editor.module.css";

const c = classNames(styles);

interface ThresholdsEditorProps {
  /** Percent left, highest first; never empty. */
  readonly value: readonly number[];
  readonly onChange: (value: number[]) => void;
  readonly disabled?: boolean;
}

/** The percentages at which to warn. The highest is the line that is drawn on the bars, as on the sample bar here. */
export function ThresholdsEditor({ value, onChange, disabled = false }: ThresholdsEditorProps) {
  const { t, f } = useWords();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<ThresholdProblem | null>(null);
  const line = Math.max(...value);

  function add(): void {
    const result = addThreshold(value, typed);
    if (!result.ok) {
      setProblem(result.problem);
      return;
    }
    setTyped("");
    setProblem(null);
    onChange(result.list);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter") return;
    // Enter adds a threshold; it must not submit the form around.
    event.preventDefault();
    add();
  }

  return (
    <div className={c("editor")}>
      <div className={c("scale")} aria-hidden="true">
        <span className={c("fill")} />
        {value.map((threshold) => (
          <span
            key={threshold}
            className={c("tick", threshold === line && "line")}
            style={{ insetInlineStart: `${threshold}%` }}
          />
        ))}
      </div>
      <ul className={c("chips")} aria-label={t("thresholds.list")}>
        {value.map((threshold) => {
          const percent = f.percent(threshold, 0);
          return (
            <li key={threshold} className={c("chip")}>
              <span>
                {threshold === 0 ? t("thresholds.used-up") : percent}
                {threshold === line && <span className={c("role")}> {t("thresholds.line")}</span>}
              </span>
              <IconButton
                small
                icon={X}
                label={t("thresholds.remove", { percent })}
                disabled={disabled || value.length === 1}
                onClick={() => onChange(value.filter((other) => other !== threshold))}
              />
            </li>
          );
        })}
      </ul>
      {value.length < MOST_THRESHOLDS && (
        <Field label={t("thresholds.new")} problem={problem === null ? null : t(`thresholds.problem.${problem}`)}>
          {({ className, ...control }) => (
            <div className={c("add")}>
              <input
                {...control}
                className={`${className} ${c("number")}`}
                inputMode="numeric"
                autoComplete="off"
                placeholder={f.percent(15, 0)}
                value={typed}
                disabled={disabled}
                onChange={(event) => {
                  setTyped(event.target.value);
                  setProblem(null);
                }}
                onKeyDown={onKeyDown}
              />
              <Button icon={Plus} disabled={disabled || typed.trim() === ""} onClick={add}>
                {t("thresholds.add")}
              </Button>
            </div>
          )}
        </Field>
      )}
    </div>
  );
}
