import { parseGoDuration } from "../go-duration.ts";
import { epochMicros, epochMillis, epochSeconds, parseInstant } from "../times.ts";
import { soleValue } from "./header-values.ts";

const DAY_MS = 24 * 3600_000;
/** No service limits a rate by more than a year; a reset beyond it was read in a wrong unit. */
const FURTHEST_MS = 400 * DAY_MS;
/** Clocks differ, and a reset may have passed; one this long ago is no reset any more. */
const LONG_PASSED_MS = DAY_MS;

const PLAIN_NUMBER = /^\d{1,18}(\.\d{1,9})?$/;
/** Below this a bare number is a wait in seconds, from it on an epoch whose size tells its unit. */
const SMALLEST_EPOCH = 1e9;

/** Epoch milliseconds of a reset in any of the forms in use: a Go duration, seconds to wait, an epoch number, RFC 3339. */
export function resetOf(text: string | undefined, now: number): number | null {
  const value = soleValue(text);
  if (value === null) return null;
  if (!PLAIN_NUMBER.test(value)) {
    const wait = parseGoDuration(value);
    return wait === null ? plausible(parseInstant(value), now) : resetAfter(wait, now);
  }
  const number = Number(value);
  if (number < SMALLEST_EPOCH) return resetAfter(number * 1000, now);
  const schema = number < 1e11 ? epochSeconds : number < 1e14 ? epochMillis : epochMicros;
  return plausible(schema.parse(value), now);
}

/** Epoch milliseconds of a reset that is documented as seconds to wait. */
export function resetInSeconds(text: string | undefined, now: number): number | null {
  const value = soleValue(text);
  return value !== null && PLAIN_NUMBER.test(value) ? resetAfter(Number(value) * 1000, now) : null;
}

/** Epoch milliseconds of a reset that is documented as epoch seconds. */
export function resetAtEpochSeconds(text: string | undefined, now: number): number | null {
  return plausible(epochSeconds.parse(soleValue(text) ?? undefined), now);
}

/** Epoch milliseconds of a reset that is documented as RFC 3339. */
export function resetAtInstant(text: string | undefined, now: number): number | null {
  const value = soleValue(text);
  return plausible(value === null ? null : parseInstant(value), now);
}

/** No wait at all means that nothing was used: there is no reset to speak of. */
export function resetAfter(waitMs: number, now: number): number | null {
  const wait = Math.round(waitMs);
  return wait > 0 && wait <= FURTHEST_MS ? now + wait : null;
}

function plausible(at: number | null, now: number): number | null {
  return at !== null && at > now - LONG_PASSED_MS && at <= now + FURTHEST_MS ? at : null;
}
