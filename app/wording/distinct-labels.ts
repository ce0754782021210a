import type { Meter } from "../quota/meter.ts";
import { labelWords } from "./meter-words.ts";
import { type Translate, translateDynamic } from "./translate.ts";

/**
 * What the meters of one source are called, by id. Two that would be called alike say what they count, so that "Balance" in dollars is
 * not taken for the one in yuan.
 */
export function distinctLabels(meters: readonly Meter[], t: Translate): ReadonlyMap<string, string> {
  const labels = meters.map(({ label }) => labelWords(label, t));
  return new Map(
    meters.map(({ id, unit }, index) => {
      const label = labels[index] ?? "";
      const alone = labels.filter((other) => other === label).length === 1;
      return [id, alone ? label : withUnit(label, unit, t)];
    }),
  );
}

function withUnit(label: string, unit: Meter["unit"], t: Translate): string {
  if (unit.kind === "money") return `${label}, ${unit.currency}`;
  const key = `meter.${unit.kind}`;
  const words = translateDynamic(t, key);
  return words === key || words === label ? label : `${label}, ${words.toLowerCase()}`;
}
