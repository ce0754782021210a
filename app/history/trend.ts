import type { Sample } from "../forecast/samples.ts";

/** How far back a trend looks, and in how many steps. */
const SPAN_MS = 24 * 3_600_000;
const STEPS = 24;
/** Fewer figures make no line. */
const LEAST_SAMPLES = 3;

/**
 * The course of what was left over the last day, for a line of a few pixels: up to 24 whole numbers from 0 to 100, evenly spaced in
 * time and ending now. 100 is the limit, or where there is none the most that was left. Null while there is too little to draw.
 */
export function trendOf(samples: readonly Sample[], now: number): number[] | null {
  const recent = samples.filter(({ at }) => at >= now - SPAN_MS && at <= now);
  const [first] = recent;
  if (recent.length < LEAST_SAMPLES || first === undefined) return null;
  const highest = Math.max(...recent.map(({ remaining, limit }) => limit ?? remaining));
  if (highest <= 0) return null;
  const step = SPAN_MS / STEPS;
  const steps = Math.min(STEPS, Math.max(2, Math.ceil((now - first.at) / step) + 1));
  const trend: number[] = [];
  let index = 0;
  for (let at = 0; at < steps; at += 1) {
    const moment = now - (steps - 1 - at) * step;
    while (index + 1 < recent.length && (recent[index + 1]?.at ?? Number.POSITIVE_INFINITY) <= moment) index += 1;
    const { remaining, limit } = recent[index] ?? first;
    trend.push(Math.round(Math.min(100, Math.max(0, (remaining / (limit ?? highest)) * 100))));
  }
  // The last step is what is left now.
  const last = recent.at(-1);
  if (last !== undefined) {
    trend[trend.length - 1] = Math.round(Math.min(100, Math.max(0, (last.remaining / (last.limit ?? highest)) * 100)));
  }
  return trend;
}
