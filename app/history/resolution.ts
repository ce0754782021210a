import type { Resolution } from "./series.ts";

const HOUR = 3_600_000;

/** The span of one point, aligned to UTC; 0 for figures as they were read. */
export const RESOLUTION_MS: Readonly<Record<Resolution, number>> = {
  raw: 0,
  hour: HOUR,
  "four-hours": 4 * HOUR,
  day: 24 * HOUR,
};
