import { Temporal } from "temporal-polyfill";
import type { Window } from "../quota/meter.ts";

/** No calendar goes further (the year 200,000); a gateway may tell any number. */
const FURTHEST = 6e15;

export type Period = "day" | "week" | "month";

/** A day, a week from Monday or a month as the calendar of a time zone has it. Times are epoch milliseconds. */
export interface CalendarPeriod {
  readonly start: number;
  /** The first moment that no longer belongs to it. */
  readonly end: number;
  /** "2026-11-20", its first day. */
  readonly firstDay: string;
  /** The day that begins at its end. */
  readonly nextDay: string;
}

/** The period that a moment lies in. Days at which clocks change are 23 or 25 hours long, and so are their weeks and months. */
export function calendarPeriod(period: Period, at: number, timeZone: string): CalendarPeriod {
  const day = dateAt(at, timeZone);
  const first = firstDayOf(period, day);
  const next = first.add(period === "day" ? { days: 1 } : period === "week" ? { weeks: 1 } : { months: 1 });
  const end = startOf(next, timeZone);
  return { start: startOf(first, timeZone), end, firstDay: first.toString(), nextDay: dayAt(end, timeZone) };
}

/** The day that a moment lies in, "2026-11-20". */
export function dayAt(at: number, timeZone: string): string {
  return dateAt(at, timeZone).toString();
}

/** The moments at which a new day begins between two moments, with the day that begins there; at most `most`, the latest. */
export function daysBegunBetween(
  from: number,
  to: number,
  timeZone: string,
  most: number,
): readonly { readonly day: string; readonly at: number }[] {
  const begun: { day: string; at: number }[] = [];
  let day = dateAt(to, timeZone);
  let at = startOf(day, timeZone);
  while (at > from && begun.length < most) {
    begun.push({ day: day.toString(), at });
    // By the moment before, not by the date: islands that moved across the date line skipped a day.
    day = dateAt(at - 1, timeZone);
    at = startOf(day, timeZone);
  }
  return begun.reverse();
}

/** When the window that a meter tells began; null where that does not follow from what it tells. */
export function windowStart(window: Window): number | null {
  switch (window.kind) {
    case "rolling":
      return window.lengthMs === null || window.resetsAt === null || window.resetBasis === "refill"
        ? null
        : window.resetsAt - window.lengthMs;
    case "calendar": {
      if (!(Math.abs(window.resetsAt) < FURTHEST)) return null;
      const { start, end } = calendarPeriod(window.period, window.resetsAt - 1, window.timeZone);
      // A month that ends on another day than the calendar's has begun on one that is not told.
      return end === window.resetsAt ? start : null;
    }
    case "period":
    case "balance":
    case "lifetime":
      return null;
  }
}

function firstDayOf(period: Period, day: Temporal.PlainDate): Temporal.PlainDate {
  switch (period) {
    case "day":
      return day;
    case "week":
      return day.subtract({ days: day.dayOfWeek - 1 });
    case "month":
      return day.with({ day: 1 });
  }
}

function dateAt(at: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(known(timeZone)).toPlainDate();
}

/** The first moment of a day, which is not midnight where clocks skip it. */
function startOf(day: Temporal.PlainDate, timeZone: string): number {
  return day.toZonedDateTime(known(timeZone)).epochMilliseconds;
}

/** Gateways and hosts name zones that not every computer knows; those are taken as UTC. */
function known(timeZone: string): string {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return timeZone;
  } catch {
    return "UTC";
  }
}
