import { isPastReset, type Meter, percentRemaining } from "../../app/quota/meter.ts";

/** How a meter's bar is drawn. `idle`: the figures are not current; `open`: nothing to draw a bar of. */
export type MeterLevel = "ok" | "low" | "empty" | "idle" | "open";

/** `line` is the percent left at or below which the meter counts as low. */
export function meterLevel(meter: Meter, line: number, now: number, dim: boolean): MeterLevel {
  const percent = percentRemaining(meter);
  if (typeof percent !== "number") return "open";
  if (dim || isPastReset(meter, now)) return "idle";
  if (percent <= 0) return "empty";
  return percent <= line ? "low" : "ok";
}
