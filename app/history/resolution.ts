import type { HistoryRange, Resolution } from "./series.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The span of one point, aligned to UTC; 0 for figures as they were read. */
export const RESOLUTION_MS: Readonly<Record<Resolution, number>> = {
  raw: 0,
  hour: HOUR,
  "four-hours": 4 * HOUR,
  day: DAY,
};

const VIEWS: Readonly<Record<HistoryRange, { readonly lengthMs: number; readonly resolution: Resolution }>> = {
  day: { lengthMs: DAY, resolution: "raw" },
  week: { lengthMs: 7 * DAY, resolution: "hour" },
  month: { lengthMs: 30 * DAY, resolution: "four-hours" },
  quarter: { lengthMs: 90 * DAY, resolution: "day" },
};

/**
 * The time that a view shows, which ends now, and in which steps: at most some 200 points a meter, or each that was read
 * where it shows one day.
 */
export function planView(range: HistoryRange, now: number): { from: number; to: number; resolution: Resolution } {
  const { lengthMs, resolution } = VIEWS[range];
  return { from: now - lengthMs, to: now, resolution };
}
