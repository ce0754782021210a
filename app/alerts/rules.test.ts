import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Meter } from "../quota/meter.ts";
import type { Alert } from "./alert.ts";
import type { LedgerEntry } from "./ledger.ts";
import { type AlertFacts, decideAlerts, pruneLedger } from "./rules.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-11-20T12:00:00Z");

const meter = (remaining: Meter["remaining"], resetsAt: number | null): Meter => ({
  id: "tokens",
  label: { key: "meter.tokens" },
  unit: { kind: "tokens" },
  limit: 100,
  used: "unknown",
  remaining,
  window: resetsAt === null ? { kind: "balance" } : { kind: "period", resetsAt, resetBasis: "reported" },
  scope: "key",
  confidence: "reported",
});

type Step = { readonly left: Meter["remaining"]; readonly at?: number; readonly resetsAt?: number | null };

const thresholdOf = (alert: Alert | undefined): number | null =>
  alert?.what.type === "percent-left" ? alert.what.threshold : null;

/** Feeds polls one after the other and returns the threshold fired at each (null: none). */
function run(steps: readonly Step[], thresholds = [20, 10, 5, 0]): (number | null)[] {
  let ledger: readonly LedgerEntry[] = [];
  return steps.map(({ left, at = 0, resetsAt = START + 5 * HOUR }) => {
    const facts: AlertFacts = {
      sourceId: "s",
      sourceLabel: "Gateway",
      demo: false,
      meters: [meter(left, resetsAt)],
      thresholds,
      now: START + at,
    };
    const decision = decideAlerts(ledger, facts);
    ledger = decision.ledger;
    expect(decision.alerts.length).toBeLessThanOrEqual(1);
    return thresholdOf(decision.alerts[0]);
  });
}

describe("decideAlerts", () => {
  it.each<[string, Step[], (number | null)[]]>([
    [
      "fires once at the line and stays quiet",
      [{ left: 50 }, { left: 20 }, { left: 19 }, { left: 19 }],
      [null, 20, null, null],
    ],
    ["fires at the first sight of a low meter", [{ left: 12 }], [20]],
    ["fires only the lowest of several crossed at once", [{ left: 50 }, { left: 3 }], [null, 5]],
    ["fires again only when it gets worse", [{ left: 15 }, { left: 9 }, { left: 9 }, { left: 0 }], [20, 10, null, 0]],
    ["is used up below zero, too", [{ left: 50 }, { left: -4 }], [null, 0]],
    [
      "does not flap around the line",
      [{ left: 20 }, { left: 21 }, { left: 20 }, { left: 24 }, { left: 19 }],
      [20, null, null, null, null],
    ],
    ["re-arms after a clear recovery (a top-up)", [{ left: 18 }, { left: 60 }, { left: 18 }], [20, null, 20]],
    ["re-arms only what was recovered from", [{ left: 4 }, { left: 16 }, { left: 9 }, { left: 4 }], [5, null, 10, 5]],
    [
      "a reading that does not tell re-arms nothing",
      [{ left: 18 }, { left: "unknown" }, { left: 18 }],
      [20, null, null],
    ],
    ["an unlimited answer re-arms nothing", [{ left: 18 }, { left: "unlimited" }, { left: 18 }], [20, null, null]],
    [
      "a reset told only sometimes is no new window",
      [{ left: 18 }, { left: 18, resetsAt: null }, { left: 18 }],
      [20, null, null],
    ],
    [
      "jitter of the reset time is no new window",
      [
        { left: 18 },
        { left: 17, resetsAt: START + 5 * HOUR + 40_000 },
        { left: 16, resetsAt: START + 5 * HOUR - 40_000 },
      ],
      [20, null, null],
    ],
    [
      "a rolling window that moves its end is no new window",
      [0, 1, 2, 3, 4].map((hour) => ({ left: 15, at: hour * HOUR, resetsAt: START + (5 + hour) * HOUR })),
      [20, null, null, null, null],
    ],
    [
      "a new window fires again, even if it is low from its start",
      [{ left: 18 }, { left: 18, at: 5 * HOUR + 60_000, resetsAt: START + 10 * HOUR }],
      [20, 20],
    ],
    ["figures from before a reset decide nothing", [{ left: 50 }, { left: 3, at: 6 * HOUR }], [null, null]],
    [
      "a balance has one instance",
      [
        { left: 18, resetsAt: null },
        { left: 17, at: 900 * HOUR, resetsAt: null },
      ],
      [20, null],
    ],
  ])("%s", (_name, steps, expected) => {
    expect(run(steps)).toEqual(expected);
  });

  it.each([
    [120, []],
    [5 * 60_000, []],
    [6 * HOUR, [0]],
  ])("of a limit that refills and is full again in %i ms fires %j", (wait, expected) => {
    const window = { kind: "rolling", lengthMs: 60_000, resetsAt: START + wait, resetBasis: "refill" } as const;
    const facts = { sourceId: "s", sourceLabel: "s", demo: false, thresholds: [20, 0], now: START };
    const { alerts } = decideAlerts([], { ...facts, meters: [{ ...meter(0, null), window }] });
    expect(alerts.map(thresholdOf)).toEqual(expected);
  });

  it("keeps meters and sources apart", () => {
    const facts = (sourceId: string): AlertFacts => ({
      sourceId,
      sourceLabel: sourceId,
      demo: false,
      meters: [meter(5, null), { ...meter(5, null), id: "cost" }],
      thresholds: [10],
      now: START,
    });
    const first = decideAlerts([], facts("a"));
    const second = decideAlerts(first.ledger, facts("b"));
    expect(first.alerts.map((alert) => alert.id)).toHaveLength(2);
    expect(new Set([...first.alerts, ...second.alerts].map((alert) => alert.id)).size).toBe(4);
    expect(decideAlerts(second.ledger, facts("a")).alerts).toEqual([]);
    expect(pruneLedger(second.ledger, new Set(["b"])).map((entry) => entry.sourceId)).toEqual(["b", "b"]);
  });

  it("within one window and without recovery, fires each threshold at most once, only when crossed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -10, max: 100 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 0, max: 90_000 }),
        (levels, jitter) => {
          // Falling only: each level at most the one before.
          const falling = levels.toSorted((a, b) => b - a);
          const fired = run(
            falling.map((left, index) => ({ left, resetsAt: START + 5 * HOUR + (index % 2) * jitter })),
          );
          const heard = fired.filter((threshold) => threshold !== null);
          expect(new Set(heard).size).toBe(heard.length);
          fired.forEach((threshold, index) => {
            if (threshold !== null) expect(falling[index]).toBeLessThanOrEqual(threshold);
          });
          const lowest = Math.min(...falling);
          const expected = [20, 10, 5, 0].filter((threshold) => lowest <= threshold).at(-1);
          if (expected !== undefined) expect(heard.at(-1)).toBe(expected);
        },
      ),
    );
  });
});
