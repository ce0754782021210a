import { nextUtcReset } from "../../../quota/calendar.ts";
import type { Window } from "../../../quota/meter.ts";
import { countedWords } from "../../named-window.ts";

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

/** As Bifrost reckons: a month that is not aligned to the calendar is 30 days, a quarter 90, a year 365. */
const MS_PER_UNIT: ReadonlyMap<string, number> = new Map([
  ["s", SECOND],
  ["m", 60 * SECOND],
  ["h", HOUR],
  ["d", DAY],
  ["w", 7 * DAY],
  ["M", 30 * DAY],
  ["Q", 90 * DAY],
  ["Y", 365 * DAY],
]);

/** What a budget or a rate limit says of its resets. */
export interface ResetRule {
  readonly duration: string | null;
  /** Epoch milliseconds. */
  readonly lastReset: number | null;
  readonly calendarAligned: boolean;
  /** First month of the year's first quarter, 1 to 12. */
  readonly quarterStartMonth?: number | null | undefined;
}

const UNIT_NAMES: ReadonlyMap<string, string> = new Map([
  ["s", "second"],
  ["m", "minute"],
  ["h", "hour"],
  ["d", "day"],
  ["w", "week"],
  ["M", "month"],
  ["Q", "quarter"],
  ["Y", "year"],
]);

/** A duration in words that are the same in any case: "1-minutes", "1-months". Null where it is none that Bifrost documents. */
export function durationId(duration: string | null): string | null {
  const parsed = parseDuration(duration);
  return parsed === null ? null : `${parsed.count}-${UNIT_NAMES.get(parsed.unit) ?? parsed.unit}s`;
}

/** A duration as it stands in a label: "minute", "3 months". What Bifrost does not document stays as it is. */
export function durationWords(duration: string): string {
  const parsed = parseDuration(duration);
  return parsed === null ? duration : countedWords(parsed.count, UNIT_NAMES.get(parsed.unit) ?? parsed.unit);
}

/** The window that a rule describes at a time (epoch milliseconds). */
export function windowAt(rule: ResetRule, now: number): Window {
  const parsed = parseDuration(rule.duration);
  if (parsed === null) return { kind: "period", resetsAt: null, resetBasis: "derived" };
  if (rule.calendarAligned) {
    const aligned = alignedWindow(parsed.unit, rule.quarterStartMonth ?? 1, now);
    if (aligned !== null) return aligned;
  }
  const lengthMs = parsed.count * (MS_PER_UNIT.get(parsed.unit) ?? 0);
  const next = rule.lastReset === null ? null : rule.lastReset + lengthMs;
  // A window that ended is only begun anew when the gateway gets to it; by when, it does not say.
  return { kind: "rolling", lengthMs, resetsAt: next === null || next <= now ? null : next, resetBasis: "derived" };
}

/**
 * Whether the window that the figures count ended without a new one begun: they are kept until the gateway gets to it, and say
 * nothing of now. False where that cannot be said.
 */
export function hasEnded(rule: ResetRule, now: number): boolean {
  if (rule.lastReset === null) return false;
  const counted = windowAt(rule, rule.lastReset);
  return "resetsAt" in counted && counted.resetsAt !== null && counted.resetsAt <= now;
}

interface Duration {
  readonly count: number;
  readonly unit: string;
}

function parseDuration(duration: string | null): Duration | null {
  const parts = /^(?<count>[1-9]\d{0,4})(?<unit>[smhdwMQY])$/.exec(duration ?? "")?.groups;
  return parts === undefined ? null : { count: Number(parts["count"]), unit: parts["unit"] ?? "" };
}

/**
 * The running calendar period in UTC; null for durations too short to have one. Bifrost begins a new period at each boundary of the
 * unit, whatever the number before it: "2d" resets each midnight.
 */
function alignedWindow(unit: string, quarterStartMonth: number, now: number): Window | null {
  const calendar = (period: "day" | "week" | "month"): Window => ({
    kind: "calendar",
    period,
    timeZone: "UTC",
    resetsAt: nextUtcReset(period, now),
    resetBasis: "derived",
  });
  const year = new Date(now).getUTCFullYear();
  const month = new Date(now).getUTCMonth();
  switch (unit) {
    case "d":
      return calendar("day");
    case "w":
      return calendar("week");
    case "M":
      return calendar("month");
    case "Q": {
      const into = (((month - (quarterStartMonth - 1)) % 3) + 3) % 3;
      return { kind: "period", resetsAt: Date.UTC(year, month - into + 3, 1), resetBasis: "derived" };
    }
    case "Y":
      return { kind: "period", resetsAt: Date.UTC(year + 1, 0, 1), resetBasis: "derived" };
    default:
      return null;
  }
}
