import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  balanceMeter,
  calendar,
  DAY,
  EUR,
  HOUR,
  MINUTE,
  reading,
  USD,
  usedMeter,
} from "../../tests/support/spend-readings.ts";
import type { Meter } from "../quota/meter.ts";
import { calendarPeriod } from "./calendar-period.ts";
import { type PeriodSpend, periodSpend } from "./period-spend.ts";
import { EMPTY_BOOK } from "./spend-book.ts";
import { type SpendReading, withReading } from "./take-reading.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const MONTH = Date.parse("2026-12-01T00:00:00Z");
const ZONE = "UTC";
type Asked = Parameters<typeof periodSpend>[0];

const monthly: Asked = { unit: USD, rates: {}, period: "month" };

function spend(readings: readonly SpendReading[], budget: Asked = monthly, now = NOW, zone = ZONE): PeriodSpend {
  const book = readings.reduce((all, one) => withReading(all, one, zone), EMPTY_BOOK);
  const ids = [...new Set(readings.map(({ sourceId }) => sourceId))];
  return periodSpend(budget, book, ids, calendarPeriod(budget.period, now, zone));
}

/** A source read at the end of October and now, with so much used in between. */
function spent(amount: number, change: Partial<SpendReading> = {}, meter: Partial<Meter> = {}): SpendReading[] {
  const october = Date.parse("2026-10-31T23:59:00Z");
  return [
    reading(october, [usedMeter(70, meter)], change),
    reading(october + 2 * MINUTE, [usedMeter(70, meter)], change),
    reading(NOW, [usedMeter(70 + amount, meter)], change),
  ];
}

describe("what a budget has counted", () => {
  it("is unknown before anything was read in its period, and 0 only once something was", () => {
    expect(spend([])).toMatchObject({ used: "unknown", counted: [] });
    const yesterday = spend(spent(30), { ...monthly, period: "day" }, NOW + DAY);
    expect(yesterday.used).toBe("unknown");
    const today = spend([...spent(30), reading(NOW + DAY, [usedMeter(100)])], { ...monthly, period: "day" }, NOW + DAY);
    expect(today.used).toBe(0);
  });

  it("is what was spent since the period began", () => {
    expect(spend(spent(30))).toMatchObject({ used: 30, confidence: "derived", since: null });
    expect(
      spend(
        [reading(NOW - 40 * DAY, [usedMeter(0)]), reading(NOW - 35 * DAY, [usedMeter(500)]), ...spent(30)].map(
          (one) => ({ ...one }),
        ),
      ),
    ).toMatchObject({ used: 30 });
  });

  it("counts nothing before a counter was first seen, and says since when", () => {
    const list = [reading(NOW - DAY, [usedMeter(5_000)]), reading(NOW, [usedMeter(5_020)])];
    expect(spend(list)).toMatchObject({ used: 20, since: NOW - DAY, confidence: "estimated" });
    // Half of it was yesterday, as far as anybody knows.
    expect(spend(list, { ...monthly, period: "day" })).toMatchObject({
      used: 10,
      since: null,
      confidence: "estimated",
    });
  });

  it("counts what a window told at first sight, if the window began in the period", () => {
    const week = { kind: "rolling", lengthMs: 7 * DAY, resetsAt: NOW + DAY, resetBasis: "reported" } as const;
    const list = [
      reading(NOW - HOUR, [usedMeter(40, { window: week })]),
      reading(NOW, [usedMeter(42, { window: week })]),
    ];
    expect(spend(list)).toMatchObject({ used: 42, since: NOW - 6 * DAY, confidence: "estimated" });
    // It began before this week did.
    expect(spend(list, { ...monthly, period: "week" })).toMatchObject({ used: 2, since: NOW - HOUR });
  });

  it("is the source's own figure where it counts by the same calendar", () => {
    const month = usedMeter(75, { window: calendar("month", MONTH) });
    expect(spend([reading(NOW, [month])])).toMatchObject({ used: 75, confidence: "reported", since: null });
    const two = [reading(NOW, [month]), reading(NOW, [month], { sourceId: "b" })];
    expect(spend(two)).toMatchObject({ used: 150, confidence: "derived" });
    expect(spend([reading(NOW, [{ ...month, confidence: "estimated" }])]).confidence).toBe("estimated");
    // In another zone the month began at another hour: all of it was spent in the user's month, too, but for some hours.
    expect(spend([reading(NOW, [month])], monthly, NOW, "Europe/Berlin")).toMatchObject({
      used: 75,
      since: null,
      confidence: "estimated",
    });
    // In New York it began on the last of October.
    expect(spend([reading(NOW, [month])], monthly, NOW, "America/New_York")).toMatchObject({ used: 0, since: NOW });
  });

  it("does not take a figure that outlived its reset for the new month's", () => {
    const meter = (used: number, resetsAt: number) => usedMeter(used, { window: calendar("month", resetsAt) });
    const next = Date.parse("2027-01-01T00:00:00Z");
    const list = [
      reading(MONTH - HOUR, [meter(70, MONTH)]),
      reading(MONTH - MINUTE, [meter(75, MONTH)]),
      reading(MONTH + MINUTE, [meter(75, next)]),
    ];
    expect(spend(list, monthly, MONTH + MINUTE)).toMatchObject({ used: 0 });
    expect(spend([...list, reading(MONTH + 6 * MINUTE, [meter(2, next)])], monthly, MONTH + 6 * MINUTE)).toMatchObject({
      used: 2,
      confidence: "reported",
    });
  });

  it("is an estimate where a balance tells it, a part was not seen, or it was divided by guess", () => {
    const fall = [reading(NOW - 20 * DAY, [balanceMeter(50)]), reading(NOW, [balanceMeter(30)])];
    expect(spend(fall)).toMatchObject({ confidence: "estimated" });
    const overMidnight = [
      reading(NOW - 12 * HOUR - 5 * MINUTE, [usedMeter(0)]),
      reading(NOW - 12 * HOUR + 5 * MINUTE, [usedMeter(8)]),
      reading(NOW, [usedMeter(20)]),
    ];
    expect(spend(overMidnight, { ...monthly, period: "day" })).toMatchObject({ used: 16, confidence: "derived" });
    const overNight = [reading(NOW - 18 * HOUR, [usedMeter(0)]), reading(NOW, [usedMeter(18)])];
    expect(spend(overNight, { ...monthly, period: "day" })).toMatchObject({ used: 12, confidence: "estimated" });
  });
});

describe("currencies", () => {
  it("are changed by the user's rates, and without one not counted but named", () => {
    const list = [
      ...spent(3_000_000),
      ...spent(2_000_000, { sourceId: "b" }, { unit: EUR }),
      ...spent(9_000_000, { sourceId: "c" }, { unit: { kind: "money", currency: "CNY" } }),
    ];
    expect(spend(list)).toMatchObject({ used: 3_000_000, withoutRate: ["CNY", "EUR"], confidence: "derived" });
    expect(spend(list, { ...monthly, rates: { EUR: 1.1 } })).toMatchObject({
      used: 5_200_000,
      withoutRate: ["CNY"],
      confidence: "estimated",
    });
    expect(spend(list, { ...monthly, unit: EUR, rates: { USD: 0.9, CNY: 0.1 } }).used).toBe(
      2_000_000 + 2_700_000 + 900_000,
    );
  });

  it("never mix without a rate, whatever was spent in the others", () => {
    const amounts = fc.array(fc.tuple(fc.constantFrom("USD", "EUR", "CNY"), fc.integer({ min: 0, max: 10_000_000 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(amounts, (list) => {
        const readings = list.flatMap(([currency, amount], index) =>
          spent(amount, { sourceId: `s${index}` }, { unit: { kind: "money", currency } }),
        );
        const own = list.filter(([currency]) => currency === "USD");
        const expected = own.length === 0 ? "unknown" : own.reduce((all, [, amount]) => all + amount, 0);
        expect(spend(readings).used).toBe(expected);
        expect(spend(readings, { ...monthly, rates: { XAU: 3 } }).used).toBe(expected);
        expect(spend(readings).withoutRate).toEqual(
          [...new Set(list.map(([currency]) => currency))].filter((code) => code !== "USD").toSorted(),
        );
      }),
    );
  });

  it("do not concern tokens", () => {
    const tokens = { unit: { kind: "tokens" } } as const;
    const list = [...spent(500, {}, tokens), ...spent(70, { sourceId: "b" })];
    expect(spend(list, { ...monthly, ...tokens })).toMatchObject({ used: 500, withoutRate: [], silent: ["b"] });
  });
});

describe("one quantity in two sources", () => {
  const twice = (a: Partial<SpendReading>, b: Partial<SpendReading>, meter: Partial<Meter> = {}) =>
    spend([...spent(10, { sourceId: "a", ...a }), ...spent(4, { sourceId: "b", ...b }, meter)]);

  it.each<[string, PeriodSpend, number]>([
    ["counts twice where nothing is known", twice({}, {}), 14],
    ["counts twice with two keys", twice({ holders: { key: "k1" } }, { holders: { key: "k2" } }), 14],
    ["counts once with one key", twice({ holders: { key: "k" } }, { holders: { key: "k" } }), 10],
    [
      "counts the narrower figure of one key",
      twice({ holders: { key: "k" } }, { holders: { key: "k" } }, { scope: "account" }),
      10,
    ],
    [
      "counts the wider figure of another key of the account",
      twice({ holders: { key: "k1", account: "x" } }, { holders: { key: "k2", account: "x" } }, { scope: "account" }),
      4,
    ],
    [
      "counts both where the account is another one",
      twice({ holders: { key: "k1", account: "x" } }, { holders: { key: "k2", account: "y" } }, { scope: "account" }),
      14,
    ],
    [
      "counts one account's figure once",
      spend([
        ...spent(10, { sourceId: "a", holders: { key: "k1", account: "x" } }, { scope: "account" }),
        ...spent(10, { sourceId: "b", holders: { key: "k2", account: "x" } }, { scope: "account" }),
      ]),
      10,
    ],
    [
      "counts a user's keys by the user's figure",
      spend([
        ...spent(1, { sourceId: "a", holders: { key: "k1", user: "u" } }),
        ...spent(2, { sourceId: "b", holders: { key: "k2", user: "u" } }),
        ...spent(9, { sourceId: "c", holders: { key: "k3", user: "u" } }, { scope: "user" }),
      ]),
      9,
    ],
  ])("%s", (_name, { used }, expected) => {
    expect(used).toBe(expected);
  });

  it("counts as many of them, in whatever order they come", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            amount: fc.integer({ min: 0, max: 1000 }),
            key: fc.option(fc.constantFrom<"k1" | "k2" | "k3" | "k4">("k1", "k2", "k3", "k4"), { nil: undefined }),
            account: fc.option(fc.constantFrom("x", "y"), { nil: undefined }),
            scope: fc.constantFrom("key", "account"),
          }),
          { maxLength: 8 },
        ),
        fc.infiniteStream(fc.nat()),
        (sources, order) => {
          const readings = sources.map(({ amount, key, account, scope }, index) => {
            // A key is of one account, whether it is told or not.
            const of =
              account === undefined || key === undefined ? account : { k1: "x", k2: "x", k3: "y", k4: "z" }[key];
            const holders = { ...(key !== undefined && { key }), ...(of !== undefined && { account: of }) };
            return spent(amount, { sourceId: `s${index}`, holders }, { scope });
          });
          const mixed = readings
            .map((list) => ({ list, place: order.next().value ?? 0 }))
            .toSorted((a, b) => a.place - b.place);
          const counted = (list: readonly SpendReading[][]) => spend(list.flat()).counted.length;
          expect(counted(mixed.map(({ list }) => list))).toBe(counted(readings));
        },
      ),
      { numRuns: 200 },
    );
  });
});
