import type { SpendReading } from "../../app/budgets/take-reading.ts";
import type { Meter, Window } from "../../app/quota/meter.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const USD = { kind: "money", currency: "USD" } as const;
export const EUR = { kind: "money", currency: "EUR" } as const;

/** A meter that tells what was used, of a lifetime unless told. */
export function usedMeter(used: number, change: Partial<Meter> = {}): Meter {
  return {
    id: "used",
    label: { key: "meter.cost" },
    unit: USD,
    limit: "unlimited",
    used,
    remaining: "unlimited",
    window: { kind: "lifetime" },
    scope: "key",
    confidence: "reported",
    ...change,
  };
}

/** A prepaid balance that tells what is left, and nothing else. */
export function balanceMeter(remaining: number, change: Partial<Meter> = {}): Meter {
  return usedMeter(0, {
    id: "balance",
    limit: "unknown",
    used: "unknown",
    remaining,
    window: { kind: "balance" },
    scope: "account",
    ...change,
  });
}

export const calendar = (period: "day" | "week" | "month", resetsAt: number, timeZone = "UTC"): Window => ({
  kind: "calendar",
  period,
  timeZone,
  resetsAt,
  resetBasis: "derived",
});

export const reading = (at: number, meters: readonly Meter[], change: Partial<SpendReading> = {}): SpendReading => ({
  sourceId: "a",
  reads: 1,
  holders: {},
  meters,
  at,
  isOtherKey: false,
  ...change,
});
