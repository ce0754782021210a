import { type Meter, resetsAt } from "../quota/meter.ts";

const DAY = 24 * 3_600_000;

/**
 * When the present window began, epoch milliseconds: its reset less its length. Null where either is not known, and for what never
 * resets. Calendar months are taken to reset on the first; where clocks change within a window, this is off by that hour.
 */
export function windowStart(meter: Pick<Meter, "window">): number | null {
  const { window } = meter;
  const end = resetsAt(meter);
  if (end === null) return null;
  switch (window.kind) {
    case "rolling":
      return window.lengthMs === null || window.lengthMs <= 0 ? null : end - window.lengthMs;
    case "calendar":
      return end - daysOf(window.period, end) * DAY;
    case "period":
    case "balance":
    case "lifetime":
      return null;
  }
}

function daysOf(period: "day" | "week" | "month", end: number): number {
  switch (period) {
    case "day":
      return 1;
    case "week":
      return 7;
    case "month": {
      // A fortnight before its end lies in the month itself, whatever the time zone.
      const within = new Date(end - 14 * DAY);
      return new Date(Date.UTC(within.getUTCFullYear(), within.getUTCMonth() + 1, 0)).getUTCDate();
    }
  }
}

/** Whether a window gives back all the time what was used its length ago, or has not begun: nothing of it runs out by a rate. */
export function slides({ window }: Pick<Meter, "window">): boolean {
  return window.kind === "rolling" && (window.resetsAt === null || window.resetBasis === "refill");
}
