import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Failure } from "../quota/failure.ts";
import type { Meter } from "../quota/meter.ts";
import { nextDue, type RefreshFacts } from "./policy.ts";

const MINUTE = 60_000;
const NOW = Date.parse("2026-11-20T12:00:00Z");

const meter = (percent: number, resetsAt: number | null = null): Meter => ({
  id: "tokens",
  label: { key: "meter.tokens" },
  unit: { kind: "tokens" },
  limit: 100,
  used: 100 - percent,
  remaining: percent,
  window: { kind: "period", resetsAt, resetBasis: "reported" },
  scope: "key",
  confidence: "reported",
});
const failure = (cause: Failure["cause"], retryAt: number | null = null): Failure => ({
  cause,
  detail: null,
  status: null,
  retryAt,
});
const facts = (change: Partial<RefreshFacts>): RefreshFacts => ({
  now: NOW,
  last: null,
  intervalMs: 5 * MINUTE,
  keyInFile: false,
  floorMs: MINUTE,
  linePercent: 20,
  chance: 0.5,
  ...change,
});
const minutes = (change: Partial<RefreshFacts>) => {
  const due = nextDue(facts(change));
  return [due.reason, (due.dueAt - NOW) / MINUTE] as const;
};

describe("nextDue", () => {
  it.each<[string, Partial<RefreshFacts>, readonly [string, number]]>([
    ["a new source at once", {}, ["first-poll", 0]],
    ["a calm one at its interval", { last: { type: "reading", meters: [meter(80)] } }, ["interval", 5]],
    ["jitter takes ten percent off", { last: { type: "reading", meters: [] }, chance: 0 }, ["interval", 4.5]],
    ["one near its line twice as often", { last: { type: "reading", meters: [meter(25)] } }, ["near-line", 2.5]],
    [
      "but never faster than its floor",
      { last: { type: "reading", meters: [meter(25)] }, floorMs: 4 * MINUTE },
      ["near-line", 4],
    ],
    [
      "right after a reset that comes sooner",
      { last: { type: "reading", meters: [meter(80, NOW + 3 * MINUTE)] } },
      ["after-reset", 3.125],
    ],
    [
      "a reset within the floor waits for the floor",
      { last: { type: "reading", meters: [meter(80, NOW + 10_000)] } },
      ["after-reset", 1],
    ],
    [
      "a reset that has passed asks for nothing more",
      { last: { type: "reading", meters: [meter(80, NOW - 1)] } },
      ["interval", 5],
    ],
    [
      "the server's wish is a floor",
      { last: { type: "failure", failure: failure("rate-limited", NOW + 30 * MINUTE), consecutive: 1 }, chance: 0 },
      ["retry-after", 30],
    ],
    [
      "a wish shorter than the floor does not undercut it",
      { last: { type: "failure", failure: failure("rate-limited", NOW + 1), consecutive: 1 }, chance: 0 },
      ["retry-after", 1],
    ],
    [
      "a refused key hourly",
      { last: { type: "failure", failure: failure("key-refused"), consecutive: 1 } },
      ["key-refused", 60],
    ],
    ["no key hourly", { last: { type: "needs-key", reason: "env-not-set" } }, ["needs-key", 60]],
    [
      "a refused key that its tool may renew",
      { keyInFile: true, last: { type: "failure", failure: failure("key-refused"), consecutive: 1 } },
      ["interval", 5],
    ],
    ["a token that a tool may renew", { last: { type: "needs-key", reason: "expired-in-file" } }, ["interval", 5]],
    [
      "the first failure within two floors",
      { last: { type: "failure", failure: failure("server-error"), consecutive: 1 } },
      ["back-off", 1.5],
    ],
    [
      "many failures within an hour",
      { last: { type: "failure", failure: failure("timed-out"), consecutive: 50 }, chance: 1 },
      ["back-off", 60],
    ],
  ])("%s", (_name, change, expected) => {
    expect(minutes(change)).toEqual(expected);
  });

  it("is never before the floor nor before the server's wish, whatever happened", () => {
    const last: fc.Arbitrary<RefreshFacts["last"]> = fc.oneof(
      fc.record({
        type: fc.constant("reading" as const),
        meters: fc.array(
          fc
            .tuple(fc.integer({ min: -50, max: 150 }), fc.option(fc.integer({ min: -1e7, max: 1e9 })))
            .map(([percent, reset]) => meter(percent, reset === null ? null : NOW + reset)),
        ),
      }),
      fc.record({
        type: fc.constant("failure" as const),
        failure: fc
          .tuple(
            fc.constantFrom<Failure["cause"]>("rate-limited", "server-error", "key-refused", "timed-out"),
            fc.option(fc.integer({ min: -1e6, max: 1e8 })),
          )
          .map(([cause, wish]) => failure(cause, wish === null ? null : NOW + wish)),
        consecutive: fc.integer({ min: 1, max: 2000 }),
      }),
    );
    fc.assert(
      fc.property(
        last,
        fc.integer({ min: 60_000, max: 86_400_000 }),
        fc.integer({ min: 60_000, max: 3_600_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (lastPoll, intervalMs, floorMs, chance) => {
          const { dueAt } = nextDue(facts({ last: lastPoll, intervalMs, floorMs, chance }));
          expect(dueAt).toBeGreaterThanOrEqual(NOW + floorMs);
          if (lastPoll?.type === "failure") expect(dueAt).toBeGreaterThanOrEqual(lastPoll.failure.retryAt ?? 0);
        },
      ),
    );
  });
});
