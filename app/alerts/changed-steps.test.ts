import { describe, expect, it } from "vitest";
import { MINUTE, meter, START } from "../../tests/support/meter-polls.ts";
import type { LedgerEntry } from "./ledger.ts";
import { decideSteps, percentSteps } from "./step-rules.ts";

const used: LedgerEntry = {
  sourceId: "s",
  meterId: "tokens",
  rule: "percent-left",
  resetsAt: null,
  level: 0,
  firedAt: START,
  remaining: 0,
  told: 0,
  pending: null,
  recoveringSince: null,
};

/** The entry after readings of so much, five minutes apart, with these percentages. */
function afterReadings(entry: LedgerEntry, left: number, thresholds: number[], readings = 3): LedgerEntry | null {
  let known: LedgerEntry | null = entry;
  for (let index = 1; index <= readings; index += 1) {
    const at = { meter: meter({ remaining: left, window: { kind: "balance" } }), now: START + index * 5 * MINUTE };
    const steps = percentSteps(at.meter, { thresholds });
    if (steps !== null) known = decideSteps(known, steps, { sourceId: "s", endedAt: null, ...at }).entry;
  }
  return known;
}

describe("percentages that are changed", () => {
  it("let nothing recover by themselves", () => {
    expect(afterReadings(used, 0, [60, 59, 1])).toBe(used);
    expect(afterReadings({ ...used, level: 20, told: 20 }, 18, [50, 30])).toMatchObject({
      level: 20,
      recoveringSince: null,
    });
  });

  it("count from what the figures recover to", () => {
    expect(afterReadings(used, 6, [60, 59, 4])).toMatchObject({ level: 4, told: 4 });
    expect(afterReadings(used, 90, [60, 59, 1])).toBeNull();
  });
});
