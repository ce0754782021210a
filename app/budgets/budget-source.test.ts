import { describe, expect, it } from "vitest";
import { calendar, DAY, EUR, HOUR, MINUTE, reading, USD, usedMeter } from "../../tests/support/spend-readings.ts";
import { sameThings } from "../quota/same-thing.ts";
import type { SourceState, SourceStatus } from "../quota/snapshot.ts";
import { prepaidTotals } from "../quota/totals.ts";
import { sortByUrgency, urgencyOf } from "../quota/urgency.ts";
import type { Budget } from "./budget.ts";
import { type BudgetMember, budgetState } from "./budget-source.ts";
import { EMPTY_BOOK } from "./spend-book.ts";
import { type SpendReading, withReading } from "./take-reading.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const failure = { cause: "timed-out", detail: null, status: null, retryAt: null } as const;

const budget = (change: Partial<Budget> = {}): Budget => ({
  id: "b1",
  label: "Lunch money",
  period: "day",
  unit: USD,
  limit: 20,
  scope: { type: "all" },
  rates: {},
  thresholds: null,
  muted: false,
  ...change,
});

const member = (id: string, status: SourceStatus = { state: "fresh" }, group: string | null = null): BudgetMember => ({
  config: { id, label: `Gateway ${id}`, group },
  state: { status, label: `Gateway ${id}` },
});

interface Given {
  readonly budget?: Budget;
  readonly readings?: readonly SpendReading[];
  readonly members?: readonly BudgetMember[];
  readonly now?: number;
  readonly timeZone?: string;
}

/** $5 spent today through "a". */
const five = [0, 1, 2, 60, 120].map((minutes, index) =>
  reading(NOW - DAY + (index === 4 ? DAY : minutes * MINUTE), [usedMeter(index === 4 ? 5_000_000 : 0)]),
);
const fiveToday = [...five.slice(0, 4), reading(NOW - 12 * HOUR + 1, [usedMeter(0)]), ...five.slice(4)];

function state({ readings = fiveToday, members = [member("a")], ...given }: Given = {}): SourceState {
  const timeZone = given.timeZone ?? "UTC";
  return budgetState({
    budget: given.budget ?? budget(),
    book: readings.reduce((book, one) => withReading(book, one, timeZone), EMPTY_BOOK),
    members,
    preferences: { thresholds: [25, 10, 0] },
    samples: [],
    now: given.now ?? NOW,
    timeZone,
  });
}

const meterOf = (source: SourceState) => source.reading?.meters[0];
const noticesOf = (source: SourceState) => source.reading?.notices.map(({ key, params }) => [key, params]);

describe("a budget as a source", () => {
  it("is a meter with a calendar window", () => {
    expect(state()).toMatchObject({
      id: "budget:b1",
      kind: "budget",
      label: "Lunch money",
      status: { state: "fresh" },
      linePercent: 25,
      fetchedAt: NOW,
      muted: false,
      reading: { account: null, notices: [] },
    });
    expect(meterOf(state())).toEqual({
      id: "budget",
      label: { key: "meter.budget-day" },
      unit: USD,
      limit: 20_000_000,
      used: 5_000_000,
      remaining: 15_000_000,
      window: {
        kind: "calendar",
        period: "day",
        timeZone: "UTC",
        resetsAt: Date.parse("2026-11-21T00:00:00Z"),
        resetBasis: "derived",
      },
      scope: "key",
      confidence: "derived",
    });
  });

  it("goes below nothing, and is sorted like any other meter", () => {
    const over = state({ budget: budget({ limit: 4 }) });
    expect(meterOf(over)?.remaining).toBe(-1_000_000);
    expect(urgencyOf(over, NOW)).toBe("used-up");
    expect(urgencyOf(state({ budget: budget({ limit: 6 }) }), NOW)).toBe("low");
    expect(urgencyOf(state({ budget: budget({ limit: 6, thresholds: [10] }) }), NOW)).toBe("ok");
    expect(sortByUrgency([state(), over], NOW)[0]).toBe(over);
  });

  it("has its own line and its own silence", () => {
    expect(state({ budget: budget({ thresholds: [40, 5], muted: true }) })).toMatchObject({
      linePercent: 40,
      muted: true,
    });
  });

  it("is no gateway: it is like no other source, and nothing prepaid", () => {
    const states = [state(), state({ budget: budget({ id: "b2" }) })];
    expect(sameThings(states).size).toBe(0);
    expect(prepaidTotals(states)).toEqual([]);
  });

  it("counts what it is over", () => {
    const members = [member("a", undefined, "work"), member("b", undefined, "home"), member("c", undefined, "work")];
    const readings = ["a", "b", "c"].flatMap((sourceId, index) =>
      fiveToday.map((one) => ({
        ...one,
        sourceId,
        meters: [usedMeter(one.meters[0]?.used === 0 ? 0 : 10 ** index * 1_000_000)],
      })),
    );
    const used = (scope: Budget["scope"]) => meterOf(state({ budget: budget({ scope }), members, readings }))?.used;
    expect(used({ type: "source", sourceId: "b" })).toBe(10_000_000);
    expect(used({ type: "group", group: "work" })).toBe(101_000_000);
    expect(used({ type: "all" })).toBe(111_000_000);
    expect(
      state({ budget: budget({ scope: { type: "source", sourceId: "b" } }), members, readings }).reading?.account,
    ).toBe("Gateway b");
    expect(
      state({ budget: budget({ scope: { type: "group", group: "work" } }), members, readings }).reading?.account,
    ).toBe("work");
  });

  it("knows nothing before it has read something", () => {
    expect(meterOf(state({ readings: [] }))).toMatchObject({ used: "unknown", remaining: "unknown" });
    expect(urgencyOf(state({ readings: [], members: [member("a", { state: "loading" })] }), NOW)).toBe("unknown");
  });

  it("resets with the user's day, however long that is", () => {
    const at = Date.parse("2026-10-25T10:00:00Z");
    expect(meterOf(state({ now: at, timeZone: "Europe/Berlin", readings: [] }))?.window).toMatchObject({
      resetsAt: Date.parse("2026-10-25T23:00:00Z"),
      timeZone: "Europe/Berlin",
    });
  });

  it.each<[string, Given, SourceStatus["state"]]>([
    ["waits with its sources", { readings: [], members: [member("a", { state: "loading" })] }, "loading"],
    ["fails with them", { readings: [], members: [member("a", { state: "failed", failure, since: NOW })] }, "failed"],
    ["is stale with them", { members: [member("a", { state: "stale", failure, since: NOW })] }, "stale"],
    [
      "is stale where what is known is from before the start",
      { members: [member("a", { state: "failed", failure, since: NOW })] },
      "stale",
    ],
    ["rests with them", { members: [member("a", { state: "paused" })] }, "paused"],
    [
      "is fresh while one of them is",
      { members: [member("a"), member("b", { state: "failed", failure, since: NOW })] },
      "fresh",
    ],
    [
      "is fresh while one of them waits for its reset",
      { members: [member("a", { state: "awaiting-reset", since: NOW })] },
      "fresh",
    ],
  ])("%s", (_name, given, expected) => {
    expect(state(given).status.state).toBe(expected);
  });

  it.each<[string, Given, [string, object][]]>([
    [
      "a source that is not read",
      { members: [member("a"), member("b", { state: "needs-key", reason: "not-saved", detail: null })] },
      [["notice.budget-not-read", { gateways: "Gateway b" }]],
    ],
    [
      "a source that is gone",
      { budget: budget({ scope: { type: "source", sourceId: "x" } }) },
      [["notice.budget-no-gateway", {}]],
    ],
    [
      "an empty group",
      { budget: budget({ scope: { type: "group", group: "work" } }) },
      [["notice.budget-empty-group", { group: "work" }]],
    ],
    ["no gateway at all", { members: [] }, [["notice.budget-no-gateways", {}]]],
    [
      "a currency without a rate",
      { budget: budget({ unit: EUR }) },
      [["notice.budget-no-rate", { currencies: "USD", currency: "EUR" }]],
    ],
    [
      "a unit that nobody tells",
      { budget: budget({ unit: { kind: "tokens" } }) },
      [["notice.budget-nothing-told", {}]],
    ],
    [
      "a source that tells nothing in the unit",
      {
        budget: budget({ scope: { type: "group", group: "g" } }),
        members: [member("a", undefined, "g"), member("b", undefined, "g")],
        readings: [...fiveToday, reading(NOW, [usedMeter(1, { unit: { kind: "percent" } })], { sourceId: "b" })],
      },
      [["notice.budget-not-told", { gateways: "Gateway b" }]],
    ],
    [
      "since when it counts",
      { readings: [reading(NOW - HOUR, [usedMeter(9)])] },
      [["notice.budget-since", { at: NOW - HOUR }]],
    ],
  ])("says %s", (_name, given, expected) => {
    expect(noticesOf(state(given))).toEqual(expected);
  });

  it("names three of many", () => {
    const members = [
      member("a"),
      ...["b", "c", "d", "e", "f"].map((id) => member(id, { state: "failed", failure, since: NOW })),
    ];
    expect(noticesOf(state({ members }))).toEqual([
      ["notice.budget-not-read", { gateways: "Gateway b, Gateway c, Gateway d, +2" }],
    ]);
  });

  it("is as old as the oldest figure in it, paused ones apart", () => {
    const readings = [...fiveToday, reading(NOW - HOUR, [usedMeter(1)], { sourceId: "b" })];
    expect(state({ readings, members: [member("a"), member("b")] }).fetchedAt).toBe(NOW - HOUR);
    expect(state({ readings, members: [member("a"), member("b", { state: "paused" })] }).fetchedAt).toBe(NOW);
  });

  it("takes a gateway's own figure of the same month as it is", () => {
    const month = calendar("month", Date.parse("2026-12-01T00:00:00Z"));
    const source = state({
      budget: budget({ period: "month", limit: 100 }),
      readings: [reading(NOW, [usedMeter(42_000_000, { window: month })])],
    });
    expect(meterOf(source)).toMatchObject({
      used: 42_000_000,
      remaining: 58_000_000,
      confidence: "reported",
      label: { key: "meter.budget-month" },
    });
  });
});
