import { Plus } from "lucide-react";
import { useState } from "react";
import type { MappedMeter } from "../../../../app/sources/mapping/definition.ts";
import { type FigureName, fixedProblem } from "../../../../app/sources/mapping/figure-schema.ts";
import { classNames } from "../../../theme/class-names.ts";
import { Button } from "../../../ui/Button.tsx";
import { Field } from "../../../ui/Field.tsx";
import { useWords } from "../../../words.tsx";
import styles from "./meter-fields.module.css";

const c = classNames(styles);

interface FixedFigureProps {
  readonly name: FigureName;
  readonly meter: MappedMeter;
  readonly onChange: (meter: MappedMeter) => void;
}

/** A figure that no answer tells, such as the limit of a contract. Only a limit is offered; others come with a definition. */
export function FixedFigure({ name, meter, onChange }: FixedFigureProps) {
  const { t } = useWords();
  const source = meter[name];
  const fixed = source !== undefined && "value" in source ? source.value : null;
  const [text, setText] = useState(fixed === null ? null : String(fixed));
  const { [name]: _before, ...rest } = meter;
  if (text === null) {
    if (name !== "limit" || meter.unit.kind === "percent") return null;
    return (
      <div>
        <Button small variant="plain" icon={Plus} onClick={() => setText("")}>
          {t("mapping.fixed-limit")}
        </Button>
      </div>
    );
  }
  return (
    <div className={c("figure")}>
      <Field
        label={t("mapping.fixed", { figure: t(`mapping.role-${name}`) })}
        hint={t("mapping.fixed-hint")}
        problem={fixed === null ? null : fixedProblem(name, meter.unit, fixed)}
      >
        {(control) => (
          <input
            {...control}
            type="number"
            step="any"
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
            autoFocus={fixed === null}
            value={text}
            onChange={({ target }) => {
              setText(target.value);
              const value = target.value.trim() === "" ? Number.NaN : Number(target.value);
              onChange(Number.isFinite(value) ? { ...rest, [name]: { value } } : rest);
            }}
          />
        )}
      </Field>
    </div>
  );
}
