import * as z from "zod";
import { type Meter, resetsAt } from "../quota/meter.ts";
import type { Sample } from "./samples.ts";

/** Where a meter is heading at the present rate. Always an estimate. */
export const forecastSchema = z.object({
  /** When nothing will be left, epoch milliseconds. */
  runsOutAt: z.number(),
  /** Whether that is before the window resets; null where no reset is known. */
  beforeReset: z.boolean().nullable(),
});
export type Forecast = z.infer<typeof forecastSchema>;

/** Fewer samples, or a shorter time, say too little. */
const LEAST_SAMPLES = 4;
const LEAST_SPAN_MS = 10 * 60_000;
/** Beyond this a run-out time would be a guess about another life of the quota. */
const FURTHEST_MS = 60 * 24 * 3_600_000;

/**
 * The run-out time at the rate of the present run: the slope of the least-squares line through its samples, drawn on from
 * the last one. Null without enough samples, when nothing is being used, when nothing is left, or when it is too far off.
 */
export function forecastMeter(meter: Meter, samples: readonly Sample[]): Forecast | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || samples.length < LEAST_SAMPLES) return null;
  if (last.at - first.at < LEAST_SPAN_MS || last.remaining <= 0) return null;
  const burnt = -slope(samples, first.at);
  if (!(burnt > 0)) return null;
  const runsOutAt = Math.round(last.at + last.remaining / burnt);
  if (runsOutAt - last.at > FURTHEST_MS) return null;
  const reset = resetsAt(meter);
  return { runsOutAt, beforeReset: reset === null ? null : runsOutAt < reset };
}

/** Units per millisecond. Times are taken from `origin`, since epoch milliseconds squared would lose precision. */
function slope(samples: readonly Sample[], origin: number): number {
  const count = samples.length;
  let sumX = 0;
  let sumY = 0;
  for (const { at, remaining } of samples) {
    sumX += at - origin;
    sumY += remaining;
  }
  const meanX = sumX / count;
  const meanY = sumY / count;
  let covariance = 0;
  let variance = 0;
  for (const { at, remaining } of samples) {
    const x = at - origin - meanX;
    covariance += x * (remaining - meanY);
    variance += x * x;
  }
  return variance === 0 ? 0 : covariance / variance;
}
