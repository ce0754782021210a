import { useState } from "react";
import { firstIssue } from "../../../../app/sources/first-issue.ts";
import { definitionSchema, type MappingDefinition } from "../../../../app/sources/mapping/definition.ts";
import { Button } from "../../../ui/Button.tsx";
import { useWords } from "../../../words.tsx";
import { DefinitionInput } from "./DefinitionInput.tsx";
import { tidyJson } from "./preview.ts";

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
    <DefinitionInput
      label={t("mapping.json-text")}
      hint={t("mapping.json-hint")}
      problem={problem}
      rows={12}
      text={text}
      onChange={(typed) => {
        setText(typed);
        setProblem(null);
      }}
      buttons={
        <>
          <Button small variant="primary" onClick={apply}>
            {t("mapping.apply")}
          </Button>
          <Button small variant="plain" onClick={onClose}>
            {t("action.close")}
          </Button>
        </>
      }
    />
  );
}
