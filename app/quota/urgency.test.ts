import { describe, expect, it } from "vitest";
import { afterPoll, newRecord, toSourceState } from "../polling/source-record.ts";
import { DEFAULT_PREFERENCES, SOURCE_DEFAULTS } from "../settings/schema.ts";
import type { Meter } from "./meter.ts";
import type { SourceState } from "./snapshot.ts";
import { sortByUrgency, tightestMeter, urgencyOf } from "./urgency.ts";

const NOW = 1_000_000;
const END = { now: NOW, steady: 0 };

const meter = (remaining: Meter["remaining"], change: Partial<Meter> = {}): Meter => ({
  id: "tokens",
  label: { key: "meter.tokens" },
  unit: { kind: "tokens" },
  limit: 100,
  used: "unknown",
  remaining,
  window: { kind: "lifetime" },
  scope: "key",
  confidence: "reported",
  ...change,
});

function source(
  id: string,
  meters: Meter[] | null,
  change: { fails?: "server-error" | "quota-used-up"; paused?: boolean } = {},
): SourceState {
  let record = newRecord(
    {
      id,
      kind: "neutral",
      label: id,
      baseUrl: "https://llm.example.org",
      allowPlainHttp: false,
      credential: { type: "env", name: "KEY" },
      secrets: {},
      options: {},
      ...SOURCE_DEFAULTS,
      paused: change.paused ?? false,
    },
    false,
    0,
  );
  if (meters !== null) {
    const reading = { meters, account: null, notices: [] };
    record = afterPoll(record, { outcome: { type: "reading", reading, trace: [] }, servedBy: null }, END);
  }
  if (change.fails !== undefined) {
    const failure = { cause: change.fails, detail: null, status: null, retryAt: null };
    record = afterPoll(record, { outcome: { type: "failure", failure, trace: [] }, servedBy: null }, END);
  }
  return toSourceState(record, DEFAULT_PREFERENCES, null, false, NOW);
}

describe("urgencyOf", () => {
  it.each([
    ["used-up", source("s", [meter(0)])],
    ["used-up", source("s", [meter(-3)])],
    ["used-up", source("s", [meter(90), meter(0)])],
    ["used-up", source("s", null, { fails: "quota-used-up" })],
    ["low", source("s", [meter(20)])],
    ["low", source("s", [meter(15)], { fails: "server-error" })],
    ["ok", source("s", [meter(20.1)])],
    // A prepaid balance: something is left, though of nothing that could be measured.
    ["ok", source("s", [meter(12, { limit: "unknown", window: { kind: "balance" } })])],
    ["used-up", source("s", [meter(0, { limit: "unknown", window: { kind: "balance" } })])],
    ["trouble", source("s", [meter(90)], { fails: "server-error" })],
    ["trouble", source("s", null, { fails: "server-error" })],
    ["unlimited", source("s", [meter("unlimited", { limit: "unlimited" })])],
    ["unknown", source("s", [meter("unknown")])],
    ["unknown", source("s", null)],
    ["paused", source("s", [meter(0)], { paused: true })],
    // What was low before the reset is not low now: nobody knows.
    ["trouble", source("s", [meter(3, { window: { kind: "period", resetsAt: NOW, resetBasis: "reported" } })])],
  ] as const)("%s", (expected, state) => {
    expect(urgencyOf(state, NOW)).toBe(expected);
  });
});

describe("sortByUrgency", () => {
  it("puts what is nearest its line first and keeps the user's order among equals", () => {
    const list = [
      source("free", [meter("unlimited", { limit: "unlimited" })]),
      source("calm", [meter(80)]),
      source("broken", null, { fails: "server-error" }),
      source("low", [meter(18)]),
      source("calm-too", [meter(80)]),
      source("lower", [meter(4)]),
      source("gone", [meter(0)]),
      source("paused", [meter(0)], { paused: true }),
    ];
    expect(sortByUrgency(list, NOW).map(({ id }) => id)).toEqual([
      "gone",
      "lower",
      "low",
      "broken",
      "calm",
      "calm-too",
      "free",
      "paused",
    ]);
    expect(list[0]?.id).toBe("free");
  });

  it("looks at the tightest meter that still holds", () => {
    const past = { window: { kind: "period", resetsAt: NOW, resetBasis: "reported" } } as const;
    const state = source("s", [meter(60), meter(1, past), meter("unknown"), meter(30)]);
    expect(tightestMeter(state, NOW)?.percent).toBe(30);
    expect(tightestMeter(source("s", null), NOW)).toBeNull();
  });
});
