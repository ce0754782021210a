import { useState } from "react";
import { firstIssue } from "../../../../app/sources/first-issue.ts";
import { definitionSchema, type MappingDefinition } from "../../../../app/sources/mapping/definition.ts";
import { classNames } from "../../../theme/class-names.ts";
import { Button } from "../../../ui/Button.tsx";
import { Field } from "../../../ui/Field.tsx";
import { useWords } from "../../../words.tsx";
import styles from "./mapping.module.css";
import { tidyJson } from "./preview.ts";

const c = classNames(styles);

interface DefinitionTextProps {
  readonly definition: MappingDefinition;
  /** What was saved and cannot be read, to correct it here. */
  readonly unreadable: { readonly problem: string; readonly value: unknown } | null;
  readonly onChange: (definition: MappingDefinition) => void;
  readonly onClose: () => void;
}

/** The definition as JSON, with everything that it can say. */
export function DefinitionText({ definition, unreadable, onChange, onClose }: DefinitionTextProps) {
  const { t } = useWords();
  const [text, setText] = useState(() =>
    unreadable === null ? tidyJson(definition) : JSON.stringify(unreadable.value, null, 2),
  );
  const [problem, setProblem] = useState<string | null>(unreadable?.problem ?? null);

  function apply(): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      setProblem(t("mapping.not-json"));
      return;
    }
    const parsed = definitionSchema.safeParse(value);
    if (!parsed.success) {
      setProblem(firstIssue(parsed.error));
      return;
    }
    onChange(parsed.data);
    onClose();
  }

  return (
    <div className={c("tool")}>
      <Field label={t("mapping.json-text")} hint={t("mapping.json-hint")} problem={problem}>
        {(control) => (
          <textarea
            {...control}
            className={`${control.className} ${c("code")}`}
            rows={12}
            spellCheck={false}
            maxLength={262_144}
            value={text}
            onChange={({ target }) => {
              setText(target.value);
              setProblem(null);
            }}
          />
        )}
      </Field>
      <div className={c("toolButtons")}>
        <Button small variant="primary" onClick={apply}>
          {t("mapping.apply")}
        </Button>
        <Button small variant="plain" onClick={onClose}>
          {t("action.close")}
        </Button>
      </div>
    </div>
  );
}
