import { percentRemaining, type Unit } from "../quota/meter.ts";

/** Share of the limit that is left, in percent; null where there is no limit, or where it or what is left is not known. */
export function percentLeft(figures: { remaining: number | null; limit: number | null }, unit: Unit): number | null {
  const percent = percentRemaining({
    unit,
    limit: figures.limit ?? "unknown",
    remaining: figures.remaining ?? "unknown",
  });
  return typeof percent === "number" ? percent : null;
}
