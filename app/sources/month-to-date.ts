import { nextUtcReset } from "../quota/calendar.ts";
import type { Window } from "../quota/meter.ts";

/** The calendar month in UTC that a time lies in: when it began (epoch milliseconds), and as the window of a meter. */
export function monthToDate(now: number): { readonly startedAt: number; readonly window: Window } {
  const date = new Date(now);
  return {
    startedAt: Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1),
    window: {
      kind: "calendar",
      period: "month",
      timeZone: "UTC",
      resetsAt: nextUtcReset("month", now),
      resetBasis: "derived",
    },
  };
}
