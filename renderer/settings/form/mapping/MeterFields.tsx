import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { scopeSchema } from "../../../../app/quota/meter.ts";
import type { MappedMeter } from "../../../../app/sources/mapping/definition.ts";
import { type FigureName, figureNames } from "../../../../app/sources/mapping/figure-schema.ts";
import { classNames } from "../../../theme/class-names.ts";
import { CodeInput } from "../../../ui/CodeInput.tsx";
import { Field } from "../../../ui/Field.tsx";
import { Select } from "../../../ui/Select.tsx";
import { useWords } from "../../../words.tsx";
import { FixedFigure } from "./FixedFigure.tsx";
import { FormatSelect, ScaleSelect, UnitFields, WindowFields } from "./MeterChoices.tsx";
import styles from "./meter-fields.module.css";
import { PathField } from "./PathField.tsx";
import { sentinelsOf, sentinelText } from "./sentinels.ts";

const c = classNames(styles);

interface MeterFieldsProps {
  readonly meter: MappedMeter;
  readonly onChange: (meter: MappedMeter) => void;
}

/** Everything about one meter, to edit. */
export function MeterFields({ meter, onChange }: MeterFieldsProps) {
  const { t } = useWords();
  return (
    <div className={c("fields")}>
      <div className={c("pair")}>
        <Field label={t("mapping.meter-name")}>
          {(control) => (
            <input
              {...control}
              maxLength={60}
              autoComplete="off"
              value={meter.label}
              onChange={({ target }) => onChange({ ...meter, label: target.value })}
            />
          )}
        </Field>
        <Field label={t("mapping.scope")}>
          {(control) => (
            <Select
              {...control}
              value={meter.scope}
              onChange={({ target }) => {
                const scope = scopeSchema.safeParse(target.value);
                if (scope.success) onChange({ ...meter, scope: scope.data });
              }}
            >
              {scopeSchema.options.map((scope) => (
                <option key={scope} value={scope}>
                  {t(`mapping.scope-${scope}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <UnitFields unit={meter.unit} onChange={(unit) => onChange({ ...meter, unit })} />
        <WindowFields window={meter.window} onChange={(window) => onChange({ ...meter, window })} />
      </div>
      {figureNames.map((name) => (
        <FigureFields key={name} name={name} meter={meter} onChange={onChange} />
      ))}
      {meter.reset !== undefined && (
        <div className={c("figure")}>
          <PathField
            label={t("mapping.role-reset")}
            value={meter.reset.path}
            onChange={(path) => {
              const { reset, ...rest } = meter;
              onChange(path === "" || reset === undefined ? rest : { ...meter, reset: { ...reset, path } });
            }}
          />
          <FormatSelect
            value={meter.reset.format}
            onChange={(format) => onChange({ ...meter, reset: { path: meter.reset?.path ?? "$", format } })}
          />
        </div>
      )}
      <details className={c("details")} open={meter.unlimited !== undefined || meter.unknown !== undefined}>
        <summary className={c("summary")}>
          <ChevronRight className={c("chevron")} size={13} strokeWidth={2.4} aria-hidden="true" />
          {t("mapping.special")}
        </summary>
        <div className={c("pair")}>
          <SentinelField name="unlimited" meter={meter} onChange={onChange} />
          <SentinelField name="unknown" meter={meter} onChange={onChange} />
        </div>
      </details>
      <label className={c("check")}>
        <input
          type="checkbox"
          checked={meter.mayBeMissing}
          onChange={({ target }) => onChange({ ...meter, mayBeMissing: target.checked })}
        />
        <span>{t("mapping.may-be-missing")}</span>
      </label>
    </div>
  );
}

function FigureFields({ name, meter, onChange }: MeterFieldsProps & { readonly name: FigureName }) {
  const { t } = useWords();
  const source = meter[name];
  if (source === undefined || "value" in source) {
    return <FixedFigure name={name} meter={meter} onChange={onChange} />;
  }
  const { [name]: _before, ...rest } = meter;
  return (
    <div className={c("figure")}>
      <PathField
        label={t(`mapping.role-${name}`)}
        value={source.path}
        onChange={(path) => onChange(path === "" ? rest : { ...rest, [name]: { ...source, path } })}
      />
      <ScaleSelect
        value={source.scale ?? meter.scale ?? 1}
        onChange={(scale) => onChange({ ...rest, [name]: { path: source.path, scale } })}
      />
    </div>
  );
}

function SentinelField({ name, meter, onChange }: MeterFieldsProps & { readonly name: "unlimited" | "unknown" }) {
  const { t } = useWords();
  const [text, setText] = useState(sentinelText(meter[name]));
  return (
    <Field label={t(`mapping.sentinels-${name}`)} hint={t("mapping.sentinels-hint")}>
      {(control) => (
        <CodeInput
          {...control}
          maxLength={200}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            const { [name]: _before, ...rest } = meter;
            const sentinels = sentinelsOf(target.value);
            onChange(sentinels.length === 0 ? rest : { ...rest, [name]: sentinels });
          }}
        />
      )}
    </Field>
  );
}
