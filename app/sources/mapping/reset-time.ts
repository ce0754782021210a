import { parseGoDuration } from "../go-duration.ts";
import { epochMicros, epochMillis, epochSeconds, isoTime } from "../times.ts";
import type { TimeFormat } from "./definition.ts";

/** Longest that a quota may take to come back. */
const LONGEST_MS = 10 * 366 * 86_400_000;

/**
 * A reset time in the form that the definition says, to epoch milliseconds. Anything else (absent, null, another form, a year that
 * nobody means) is null: not told. Never fails, as figures without a reset are still worth showing.
 */
export function resetTime(format: TimeFormat, value: unknown, now: number): number | null {
  switch (format) {
    case "iso":
      return isoTime.parse(value);
    case "unix-seconds":
      return epochSeconds.parse(value);
    case "unix-milliseconds":
      return epochMillis.parse(value);
    case "unix-microseconds":
      return epochMicros.parse(value);
    case "seconds-from-now":
      return after(now, secondsOf(value));
    case "go-duration":
      return after(now, typeof value === "string" ? parseGoDuration(value) : null);
  }
}

function secondsOf(value: unknown): number | null {
  const seconds = typeof value === "string" && /^\d{1,12}(\.\d{1,9})?$/.test(value) ? Number(value) : value;
  return typeof seconds === "number" && Number.isFinite(seconds) ? Math.round(seconds * 1000) : null;
}

function after(now: number, ms: number | null): number | null {
  return ms === null || ms < 0 || ms > LONGEST_MS ? null : now + ms;
}
