/** Resets that a service documents in UTC instead of sending: next midnight, next Monday 00:00, first of next month 00:00. */
export function nextUtcReset(period: "day" | "week" | "month", now: number): number {
  const date = new Date(now);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const day = date.getUTCDate();
  switch (period) {
    case "day":
      return Date.UTC(year, month, day + 1);
    case "week": {
      const daysSinceMonday = (date.getUTCDay() + 6) % 7;
      return Date.UTC(year, month, day - daysSinceMonday + 7);
    }
    case "month":
      return Date.UTC(year, month + 1, 1);
  }
}
