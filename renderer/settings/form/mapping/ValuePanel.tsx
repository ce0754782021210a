import { useEffect, useId, useRef, useState } from "react";
import { countedUnits, type MappingDefinition } from "../../../../app/sources/mapping/definition.ts";
import { figureNames } from "../../../../app/sources/mapping/figure-schema.ts";
import { classNames } from "../../../theme/class-names.ts";
import { Button } from "../../../ui/Button.tsx";
import { Field } from "../../../ui/Field.tsx";
import { Select } from "../../../ui/Select.tsx";
import { useWords } from "../../../words.tsx";
import { type Assignment, assign, likelyMeter, rowListAt } from "./assign.ts";
import { FormatSelect, ScaleSelect, UnitFields, WindowFields } from "./MeterChoices.tsx";
import { PreviewRows } from "./PreviewRows.tsx";
import type { Assigned, Place, Role } from "./places.ts";
import { previewOf } from "./preview.ts";
import { suggest } from "./suggest.ts";
import styles from "./value-panel.module.css";

const c = classNames(styles);

const ROLES: readonly Role[] = [...figureNames, "reset", "name", "success"];
const NEW = "";

interface ValuePanelProps {
  readonly place: Place;
  readonly value: string | number | boolean | null;
  readonly siblings: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly at: number;
  readonly definition: MappingDefinition;
  readonly assigned: readonly Assigned[];
  readonly onAssign: (assignment: Assignment) => void;
  readonly onIgnore: () => void;
  readonly onClose: () => void;
}

/** "What is it?": as what a value of the sample is read, with a preview of what comes of it. */
export function ValuePanel(props: ValuePanelProps) {
  const { t } = useWords();
  const { place, value, siblings, at, definition, assigned, onAssign, onIgnore, onClose } = props;
  const group = useId();
  const panel = useRef<HTMLElement>(null);
  const [choice, setChoice] = useState<Assignment>(() => opening(props));
  const set = (change: Partial<Assignment>) => setChoice({ ...choice, ...change });
  const { role } = choice;
  const isFigure = figureNames.some((name) => name === role);
  const ofMeter = role !== "name" && role !== "success";
  const belongs = definition.meters.find(({ id }) => id === choice.meterId);

  useEffect(() => {
    const first = panel.current?.querySelector("input:checked");
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
    panel.current?.scrollIntoView({ block: "nearest" });
  }, []);

  function pick(next: Role): void {
    const share = next === "percentUsed" || next === "percentRemaining";
    const meterId = likelyMeter(definition, place, next) ?? choice.meterId;
    const unit = definition.meters.find(({ id }) => id === meterId)?.unit ?? choice.unit;
    const counted = unit.kind === "percent" && !share ? suggest(place, value, siblings, at).unit : unit;
    const scale = share && typeof value === "number" && value > 0 && value <= 1 ? 0.01 : share ? 1 : choice.scale;
    set({
      role: next,
      meterId,
      scale,
      unit:
        share && meterId === null
          ? { kind: "percent" }
          : counted.kind === "percent" && !share
            ? { kind: "units" }
            : counted,
    });
  }

  return (
    // Escape closes the panel, not the dialog around it.
    <section
      ref={panel}
      className={c("panel")}
      aria-label={t("mapping.what-is-it")}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }
        if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
          event.preventDefault();
          event.stopPropagation();
          onAssign(choice);
        }
      }}
    >
      <fieldset className={c("roles")}>
        <legend className={c("question")}>{t("mapping.what-is-it")}</legend>
        {ROLES.map((other) => (
          <label key={other} className={c("role")}>
            <input type="radio" name={group} checked={role === other} onChange={() => pick(other)} />
            <span>{t(`mapping.role-${other}`)}</span>
          </label>
        ))}
      </fieldset>
      {role !== "success" && rowListAt(definition, place) !== null && (
        <label className={c("check")}>
          <input
            type="checkbox"
            checked={choice.eachEntry}
            onChange={({ target }) => set({ eachEntry: target.checked, meterId: null })}
          />
          <span>{t("mapping.each-entry")}</span>
        </label>
      )}
      {role === "success" && <p className={c("hint")}>{t("mapping.success-means", { value: shownValue(value) })}</p>}
      {ofMeter && (
        <div className={c("pair")}>
          <Field label={t("mapping.meter")}>
            {(control) => (
              <Select
                {...control}
                value={choice.meterId ?? NEW}
                onChange={({ target }) => {
                  const meter = definition.meters.find(({ id }) => id === target.value);
                  set({
                    meterId: meter?.id ?? null,
                    ...(meter !== undefined && { unit: meter.unit, window: meter.window }),
                  });
                }}
              >
                {definition.meters.map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
                <option value={NEW}>{t("mapping.new-meter")}</option>
              </Select>
            )}
          </Field>
          {belongs === undefined && (
            <Field label={t("mapping.meter-name")}>
              {(control) => (
                <input
                  {...control}
                  maxLength={60}
                  autoComplete="off"
                  value={choice.label}
                  onChange={({ target }) => set({ label: target.value })}
                />
              )}
            </Field>
          )}
          {role === "reset" && <FormatSelect value={choice.format} onChange={(format) => set({ format })} />}
          {isFigure && (
            <>
              <UnitFields
                unit={choice.unit}
                units={
                  role === "percentUsed" || role === "percentRemaining"
                    ? undefined
                    : countedUnits.filter((unit) => unit !== "percent")
                }
                onChange={(unit) => set({ unit })}
              />
              <ScaleSelect value={choice.scale} onChange={(scale) => set({ scale })} />
              {belongs === undefined && <WindowFields window={choice.window} onChange={(window) => set({ window })} />}
            </>
          )}
        </div>
      )}
      {role === "limit" && (
        <label className={c("check")}>
          <input
            type="checkbox"
            checked={choice.unlimited}
            onChange={({ target }) => set({ unlimited: target.checked })}
          />
          <span>{t("mapping.means-unlimited", { value: JSON.stringify(value) })}</span>
        </label>
      )}
      {ofMeter && <Outlook {...props} choice={choice} />}
      <div className={c("actions")}>
        <Button variant="primary" small onClick={() => onAssign(choice)}>
          {assigned.length > 0 ? t("mapping.apply") : t("mapping.use")}
        </Button>
        <Button small onClick={onIgnore}>
          {t("mapping.ignore")}
        </Button>
        <Button variant="plain" small onClick={onClose}>
          {t("action.cancel")}
        </Button>
      </div>
    </section>
  );

  function opening({ place, value, siblings, at, definition, assigned }: ValuePanelProps): Assignment {
    const guess = suggest(place, value, siblings, at);
    const [before] = assigned;
    const role = before?.role ?? guess.role;
    const meter =
      before?.meter ?? definition.meters.find(({ id }) => id === likelyMeter(definition, place, role)) ?? undefined;
    const figure = figureNames.find((name) => name === role);
    const source = before?.meter && figure !== undefined ? before.meter[figure] : undefined;
    return {
      role,
      meterId: meter?.id ?? null,
      label: guess.label,
      unit: meter?.unit ?? guess.unit,
      scale: source === undefined || "value" in source ? guess.scale : (source.scale ?? before?.meter?.scale ?? 1),
      window: meter?.window ?? guess.window,
      format: before?.meter?.reset?.format ?? guess.format,
      unlimited: before?.meter?.unlimited?.some((sentinel) => sentinel === value) ?? guess.unlimited,
      eachEntry:
        rowListAt(definition, place) !== null &&
        (definition.rows === undefined ? assigned.length === 0 : !assigned.some((other) => other.meter?.once === true)),
    };
  }
}

function shownValue(value: ValuePanelProps["value"]): string {
  return JSON.stringify(typeof value === "string" && value.length > 60 ? `${value.slice(0, 59)}…` : value);
}

/** What the meter will look like with this choice. */
function Outlook({ place, value, body, at, definition, choice }: ValuePanelProps & { readonly choice: Assignment }) {
  const next = assign(definition, place, value, choice);
  const meter = next.meters.find(({ id }) => id === choice.meterId) ?? next.meters.at(-1);
  return meter === undefined ? null : <PreviewRows preview={previewOf(next, meter, body, at)} most={1} />;
}
