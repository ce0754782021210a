import * as z from "zod";
import { isPastReset, type Meter, resetsAt } from "../quota/meter.ts";
import { burnOf, type Stretch } from "./burn.ts";
import { DAYS_MATTER_MS, outlookOf, usedUpAt, usualPerHour } from "./outlook.ts";
import { firstOfWindow, type Sample } from "./samples.ts";
import { rangeOf } from "./spread.ts";
import { slides, windowStart } from "./window-span.ts";

/** Whether what is left will do: it lasts with something to spare, just about, or not. */
export const verdictSchema = z.enum(["in-reserve", "on-pace", "in-deficit"]);
export type Verdict = z.infer<typeof verdictSchema>;

/** Where a meter is heading at the present rate. Always an estimate. Times in epoch milliseconds. */
export const forecastSchema = z.object({
  /**
   * What is expected to be used per hour, in the meter's unit (micros for money): on average until nothing is left, or from day to day
   * where that is too far off. 0 when nothing is being used.
   */
  burnPerHour: z.number(),
  /** The used share of the limit against the elapsed share of the window: 1 is even use. Null where either is not known. */
  pace: z.number().nullable(),
  /** When nothing will be left; null when nothing is being used, or when that is too far off to tell. */
  runsOutAt: z.number().nullable(),
  /** The range that holds four of five; `latest` is null where the use may as well end before. */
  earliest: z.number().nullable(),
  latest: z.number().nullable(),
  /** Whether it runs out before the window resets; null where no reset is known. */
  beforeReset: z.boolean().nullable(),
  /** For what never resets: how many days what is left lasts; null for all others, and where `runsOutAt` is. */
  runwayDays: z.number().nullable(),
  /** Null where nothing comes back, so that there is no time for it to last. */
  verdict: verdictSchema.nullable(),
});
export type Forecast = z.infer<typeof forecastSchema>;

/** Fewer samples, or a shorter time, say too little. */
const LEAST_SAMPLES = 4;
const LEAST_SPAN_MS = 10 * 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Beyond this a run-out time would be a guess about another life of the quota. */
const FURTHEST_MS = 60 * DAY;
/** How far is looked ahead for what never resets, or does not say when. */
const USUAL_HORIZON_MS = 7 * DAY;
/** Earlier in its window than this share, a pace jumps with each request. */
const PACE_FROM = 0.02;
/** Lasting this much of the time until the reset, or longer, is a reserve, … */
const RESERVE_FROM = 1.15;
/** … and less than this a deficit; what lies between may go either way. */
const DEFICIT_BELOW = 0.95;

/**
 * Where a meter is heading, by what was read of it. Null with too little to go on, when nothing is left, when the window has ended,
 * and for windows that slide, which give back while they are used.
 */
export function forecastMeter(meter: Meter, samples: readonly Sample[], now: number): Forecast | null {
  const last = samples.at(-1);
  const first = firstOfWindow(samples);
  const oldest = samples[0];
  if (last === undefined || first === undefined || oldest === undefined || samples.length < LEAST_SAMPLES) return null;
  if (last.remaining <= 0 || isPastReset(meter, now) || slides(meter)) return null;
  const start = windowStart(meter);
  const watchedFrom = Math.max(oldest.at, start ?? first.at);
  if (last.at - watchedFrom < LEAST_SPAN_MS) return null;

  const reset = resetsAt(meter);
  const horizon = reset === null ? USUAL_HORIZON_MS : reset - (start ?? first.at);
  const burn = burnOf(samples, earlierUse(first, start));
  const outlook = outlookOf(burn, horizon);
  const pace = paceOf(last, start, reset);
  const end = usedUpAt(outlook, last.remaining, now + FURTHEST_MS);
  if (end === null) {
    return {
      burnPerHour: usualPerHour(outlook),
      pace,
      runsOutAt: null,
      earliest: null,
      latest: null,
      beforeReset: reset === null ? null : false,
      runwayDays: null,
      verdict: reset === null ? null : "in-reserve",
    };
  }
  const lasts = end - burn.knownUntil;
  const range = rangeOf(burn, last.remaining, lasts, horizon >= DAYS_MATTER_MS);
  // What is left at `now` is not used up before it, whatever the rate said.
  const notBefore = (at: number) => Math.max(now, Math.round(at));
  const runsOutAt = notBefore(end);
  return {
    burnPerHour: (last.remaining / lasts) * HOUR,
    pace,
    runsOutAt,
    earliest: notBefore(burn.knownUntil + lasts * range.shortest),
    latest: range.longest === null ? null : notBefore(burn.knownUntil + lasts * range.longest),
    beforeReset: reset === null ? null : runsOutAt < reset,
    runwayDays: neverResets(meter) ? (runsOutAt - now) / DAY : null,
    verdict: reset === null ? null : verdictOf(runsOutAt - now, reset - now),
  };
}

/** What it means that a quota lasts for one time when it has to for another; milliseconds from the same moment. */
export function verdictOf(lastsMs: number, untilResetMs: number): Verdict {
  const share = lastsMs / untilResetMs;
  if (share >= RESERVE_FROM) return "in-reserve";
  return share < DEFICIT_BELOW ? "in-deficit" : "on-pace";
}

function neverResets({ window }: Meter): boolean {
  return window.kind === "balance" || window.kind === "lifetime";
}

/** What was used of the window before it was watched. */
function earlierUse(first: Sample, start: number | null): Stretch | null {
  if (start === null || first.limit === null || first.at <= start) return null;
  return { from: start, to: first.at, used: Math.max(0, first.limit - first.remaining) };
}

function paceOf({ at, limit, remaining }: Sample, start: number | null, reset: number | null): number | null {
  if (start === null || reset === null || limit === null || limit <= 0) return null;
  const elapsed = (at - start) / (reset - start);
  return elapsed < PACE_FROM ? null : Math.max(0, (limit - remaining) / limit) / elapsed;
}
