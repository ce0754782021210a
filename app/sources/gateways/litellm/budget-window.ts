import type { Window } from "../../../quota/meter.ts";

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const UNITS: ReadonlyMap<string, number> = new Map([
  ["s", SECOND],
  ["m", 60 * SECOND],
  ["h", 3600 * SECOND],
  ["d", DAY],
  ["w", 7 * DAY],
]);

/** How long a budget lasts: in milliseconds, or in calendar months, whose length varies. */
export type BudgetDuration = { readonly ms: number } | { readonly months: number };

/** Reads "30s", "30m", "24h", "30d", "1w", "1mo" (docs.litellm.ai, "Budgets, rate limits"); null for anything else. */
export function parseBudgetDuration(text: string): BudgetDuration | null {
  const [, digits, unit] = /^([1-9]\d{0,5})(mo|[smhdw])$/.exec(text.trim()) ?? [];
  if (digits === undefined || unit === undefined) return null;
  const length = UNITS.get(unit);
  return length === undefined ? { months: Number(digits) } : { ms: Number(digits) * length };
}

/**
 * The window of a budget. `resetsAt` is what the gateway sent, and is kept as it is even when it has passed.
 * Versions differ: newer ones end a day at midnight, a week on Monday and 30 days or a month on the first; older ones count from
 * when the budget was made. The reset that was sent shows which, so a calendar window is told only where it fits.
 */
export function budgetWindow(duration: string | null, resetsAt: number | null): Window {
  if (duration === null) {
    return resetsAt === null ? { kind: "lifetime" } : { kind: "period", resetsAt, resetBasis: "reported" };
  }
  const length = parseBudgetDuration(duration);
  const period = length === null || resetsAt === null ? null : calendarPeriod(length, resetsAt);
  if (period !== null && resetsAt !== null) {
    return { kind: "calendar", period, timeZone: "UTC", resetsAt, resetBasis: "reported" };
  }
  return length !== null && "ms" in length
    ? { kind: "rolling", lengthMs: length.ms, resetsAt, resetBasis: "reported" }
    : { kind: "period", resetsAt, resetBasis: "reported" };
}

function calendarPeriod(length: BudgetDuration, resetsAt: number): "day" | "week" | "month" | null {
  if (resetsAt % DAY !== 0) return null;
  const date = new Date(resetsAt);
  const onTheFirst = date.getUTCDate() === 1;
  if ("months" in length) return length.months === 1 && onTheFirst ? "month" : null;
  switch (length.ms) {
    case DAY:
      return "day";
    case 7 * DAY:
      return date.getUTCDay() === 1 ? "week" : null;
    case 30 * DAY:
      return onTheFirst ? "month" : null;
    default:
      return null;
  }
}
