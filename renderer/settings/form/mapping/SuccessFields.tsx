import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { MappingDefinition } from "../../../../app/sources/mapping/definition.ts";
import { classNames } from "../../../theme/class-names.ts";
import { CodeInput } from "../../../ui/CodeInput.tsx";
import { Field } from "../../../ui/Field.tsx";
import { useWords } from "../../../words.tsx";
import styles from "./mapping.module.css";
import { PathField } from "./PathField.tsx";
import { scalarOf, scalarText } from "./sentinels.ts";

const c = classNames(styles);

type Success = NonNullable<MappingDefinition["success"]>;

interface SuccessFieldsProps {
  readonly success: Success | undefined;
  readonly onChange: (success: Success | undefined) => void;
}

/** What the answer has to say to hold figures at all. */
export function SuccessFields({ success, onChange }: SuccessFieldsProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState("true");
  // What was pointed out in the sample takes the place of what was typed before.
  const text = success === undefined || scalarOf(typed) === success.equals ? typed : scalarText(success.equals);
  return (
    <details className={c("details")} open={success !== undefined}>
      <summary className={c("summary")}>
        <ChevronRight className={c("chevron")} size={14} strokeWidth={2.3} aria-hidden="true" />
        {t("mapping.success")}
      </summary>
      <div className={c("detailsBody")}>
        <p className={c("hint")}>{t("mapping.success-hint")}</p>
        <div className={c("check")}>
          <PathField
            label={t("mapping.success-path")}
            value={success?.path ?? ""}
            optional
            placeholder="$.success"
            onChange={(path) => onChange(path === "" ? undefined : { path, equals: scalarOf(text) })}
          />
          <Field label={t("mapping.success-value")}>
            {(control) => (
              <CodeInput
                {...control}
                maxLength={200}
                value={text}
                onChange={({ target }) => {
                  setTyped(target.value);
                  if (success !== undefined) onChange({ ...success, equals: scalarOf(target.value) });
                }}
              />
            )}
          </Field>
        </div>
      </div>
    </details>
  );
}
