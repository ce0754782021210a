import type { Meter, Unit } from "../../app/quota/meter.ts";
import type { Reading } from "../../app/quota/reading.ts";

const HOUR = 3_600_000;
const usd: Unit = { kind: "money", currency: "USD" };

/** A meter with believable defaults; `left` and `limit` are in the unit itself (money in major units). */
export function meter(id: string, now: number, over: Partial<Meter> = {}): Meter {
  return {
    id,
    label: { key: "meter.tokens" },
    unit: { kind: "tokens" },
    limit: 2_000_000,
    used: 560_000,
    remaining: 1_440_000,
    window: { kind: "rolling", lengthMs: 5 * HOUR, resetsAt: now + 2.3 * HOUR, resetBasis: "reported" },
    scope: "key",
    confidence: "reported",
    ...over,
  };
}

/** Money: a monthly budget with so much left, in dollars. */
export function budget(id: string, now: number, left: number, limit: number, over: Partial<Meter> = {}): Meter {
  return meter(id, now, {
    label: { key: "meter.cost" },
    unit: usd,
    limit: limit * 1e6,
    used: (limit - left) * 1e6,
    remaining: left * 1e6,
    window: {
      kind: "calendar",
      period: "month",
      timeZone: "UTC",
      resetsAt: now + 9.4 * 24 * HOUR,
      resetBasis: "derived",
    },
    scope: "team",
    ...over,
  });
}

/** A prepaid balance: no share of anything, and no reset. */
export function balance(id: string, now: number, left: number): Meter {
  return meter(id, now, {
    label: { key: "meter.balance" },
    unit: usd,
    limit: "unknown",
    used: "unknown",
    remaining: left * 1e6,
    window: { kind: "balance" },
    scope: "account",
  });
}

/** What a test of a gateway finds. */
export function sampleReading(now: number): Reading {
  return { meters: [meter("tokens", now), budget("cost", now, 12.4, 40)], account: "ci-runner", notices: [] };
}
