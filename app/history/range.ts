import type { HistoryRange, Resolution } from "./series.ts";

const DAY = 24 * 3_600_000;

/**
 * How far back a view looks from now, and in which steps: at most some 200 points a meter, or each figure that was read where it
 * shows one day.
 */
export const RANGES: Readonly<Record<HistoryRange, { readonly lengthMs: number; readonly resolution: Resolution }>> = {
  day: { lengthMs: DAY, resolution: "raw" },
  week: { lengthMs: 7 * DAY, resolution: "hour" },
  month: { lengthMs: 30 * DAY, resolution: "four-hours" },
  quarter: { lengthMs: 90 * DAY, resolution: "day" },
};
