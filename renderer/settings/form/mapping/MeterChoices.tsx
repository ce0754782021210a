import {
  countedUnits,
  type MappedMeter,
  type TimeFormat,
  timeFormats,
} from "../../../../app/sources/mapping/definition.ts";
import { Field } from "../../../ui/Field.tsx";
import { Select } from "../../../ui/Select.tsx";
import { useWords } from "../../../words.tsx";

interface UnitFieldsProps {
  readonly unit: MappedMeter["unit"];
  /** Units to choose from, beside money; left out, all. */
  readonly units?: readonly (typeof countedUnits)[number][] | undefined;
  readonly onChange: (unit: MappedMeter["unit"]) => void;
}

/** What a meter counts, and for money in which currency: a code, or the path at which the answer tells it. */
export function UnitFields({ unit, units = countedUnits, onChange }: UnitFieldsProps) {
  const { t } = useWords();
  return (
    <>
      <Field label={t("mapping.unit")}>
        {(control) => (
          <Select
            {...control}
            value={unit.kind}
            onChange={({ target }) => {
              const counted = countedUnits.find((kind) => kind === target.value);
              onChange(counted === undefined ? { kind: "money", currency: "USD" } : { kind: counted });
            }}
          >
            <option value="money">{t("mapping.unit-money")}</option>
            {units.map((kind) => (
              <option key={kind} value={kind}>
                {t(`mapping.unit-${kind}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {unit.kind === "money" && (
        <Field label={t("mapping.currency")} hint={t("mapping.currency-hint")}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              spellCheck={false}
              maxLength={500}
              value={unit.currencyPath ?? unit.currency ?? ""}
              onChange={({ target }) => onChange(moneyIn(target.value))}
            />
          )}
        </Field>
      )}
    </>
  );
}

function moneyIn(text: string): MappedMeter["unit"] {
  return text.startsWith("$")
    ? { kind: "money", currencyPath: text }
    : { kind: "money", currency: text.toUpperCase().slice(0, 3) };
}

const SCALES = [1, 100, 1000, 10_000, 1_000_000, 0.01, -1, -100] as const;

interface ScaleSelectProps {
  readonly value: number;
  readonly onChange: (scale: number) => void;
}

/** In which parts the service sends a figure. */
export function ScaleSelect({ value, onChange }: ScaleSelectProps) {
  const { t, f } = useWords();
  const known = SCALES.some((scale) => scale === value);
  return (
    <Field label={t("mapping.scale")}>
      {(control) => (
        <Select {...control} value={value} onChange={({ target }) => onChange(Number(target.value))}>
          <option value={1}>{t("mapping.scale-none")}</option>
          <option value={100}>{t("mapping.scale-cents")}</option>
          <option value={1000}>{t("mapping.scale-divide", { by: f.number(1000) })}</option>
          <option value={10_000}>{t("mapping.scale-divide", { by: f.number(10_000) })}</option>
          <option value={1_000_000}>{t("mapping.scale-micros")}</option>
          <option value={0.01}>{t("mapping.scale-fraction")}</option>
          <option value={-1}>{t("mapping.scale-inverted")}</option>
          <option value={-100}>{t("mapping.scale-inverted-cents")}</option>
          {!known && <option value={value}>{t("mapping.scale-divide", { by: String(value) })}</option>}
        </Select>
      )}
    </Field>
  );
}

interface FormatSelectProps {
  readonly value: TimeFormat;
  readonly onChange: (format: TimeFormat) => void;
}

/** How the service writes a time. */
export function FormatSelect({ value, onChange }: FormatSelectProps) {
  const { t } = useWords();
  return (
    <Field label={t("mapping.format")}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={({ target }) => {
            const format = timeFormats.find((known) => known === target.value);
            if (format !== undefined) onChange(format);
          }}
        >
          {timeFormats.map((format) => (
            <option key={format} value={format}>
              {t(`mapping.format-${format}`)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

const WINDOWS = ["period", "day", "week", "month", "rolling", "balance", "lifetime"] as const;

interface WindowFieldsProps {
  readonly window: MappedMeter["window"];
  readonly onChange: (window: MappedMeter["window"]) => void;
}

/** When the quota comes back. */
export function WindowFields({ window, onChange }: WindowFieldsProps) {
  const { t } = useWords();
  return (
    <>
      <Field label={t("mapping.window")}>
        {(control) => (
          <Select
            {...control}
            value={window.kind === "calendar" ? window.period : window.kind}
            onChange={({ target }) => {
              const name = WINDOWS.find((known) => known === target.value);
              if (name !== undefined) onChange(windowOf(name));
            }}
          >
            {WINDOWS.map((name) => (
              <option key={name} value={name}>
                {t(`mapping.window-${name}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {window.kind === "rolling" && (
        <Field label={t("mapping.hours")}>
          {(control) => (
            <input
              {...control}
              type="number"
              min={0}
              step="any"
              value={window.seconds === undefined ? "" : window.seconds / 3600}
              onChange={({ target }) => {
                const seconds = Math.round(Number(target.value) * 3600);
                onChange(seconds > 0 ? { kind: "rolling", seconds } : { kind: "rolling" });
              }}
            />
          )}
        </Field>
      )}
    </>
  );
}

function windowOf(name: (typeof WINDOWS)[number]): MappedMeter["window"] {
  switch (name) {
    case "day":
    case "week":
    case "month":
      return { kind: "calendar", period: name };
    case "rolling":
      return { kind: "rolling", seconds: 5 * 3600 };
    case "period":
    case "balance":
    case "lifetime":
      return { kind: name };
  }
}
