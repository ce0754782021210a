import * as z from "zod";
import { type Meter, resetsAt } from "../quota/meter.ts";
import type { Sample } from "./samples.ts";

/** Whether what is left will do: it lasts with something to spare, just about, or not. */
export const verdictSchema = z.enum(["in-reserve", "on-pace", "in-deficit"]);
export type Verdict = z.infer<typeof verdictSchema>;

/** Where a meter is heading at the present rate. Always an estimate. Times in epoch milliseconds. */
export const forecastSchema = z.object({
  /** What is being used per hour, in the meter's unit (micros for money); 0 when nothing is. */
  burnPerHour: z.number(),
  /** The used share of the limit against the elapsed share of the window: 1 is even use. Null where either is not known. */
  pace: z.number().nullable(),
  /** When nothing will be left; null when nothing is being used, or when that is too far off to tell. */
  runsOutAt: z.number().nullable(),
  /** The range in which `runsOutAt` lies for most; `latest` is null where the use may as well stop. */
  earliest: z.number().nullable(),
  latest: z.number().nullable(),
  /** Whether it runs out before the window resets; null where no reset is known. */
  beforeReset: z.boolean().nullable(),
  /** For balances: how many days what is left lasts; null for all others, and when nothing is being used. */
  runwayDays: z.number().nullable(),
  /** Null where nothing comes back, so that there is no time for it to last. */
  verdict: verdictSchema.nullable(),
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
export function forecastMeter(meter: Meter, samples: readonly Sample[], _now: number): Forecast | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || samples.length < LEAST_SAMPLES) return null;
  if (last.at - first.at < LEAST_SPAN_MS || last.remaining <= 0) return null;
  const burnt = -slope(samples, first.at);
  if (!(burnt > 0)) return null;
  const runsOutAt = Math.round(last.at + last.remaining / burnt);
  if (runsOutAt - last.at > FURTHEST_MS) return null;
  const reset = resetsAt(meter);
  const beforeReset = reset === null ? null : runsOutAt < reset;
  return {
    burnPerHour: burnt * 3_600_000,
    pace: null,
    runsOutAt,
    earliest: runsOutAt,
    latest: runsOutAt,
    beforeReset,
    runwayDays: meter.window.kind === "balance" ? (runsOutAt - last.at) / 86_400_000 : null,
    verdict: beforeReset === null ? null : beforeReset ? "in-deficit" : "in-reserve",
  };
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
