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
  usedMeter,
} from "../../tests/support/spend-readings.ts";
import type { Meter } from "../quota/meter.ts";
import { EMPTY_BOOK, MOST_DAYS, type SpendBook, spendOf, type UnitSpend } from "./spend-book.ts";
import { type SpendReading, withReading } from "./take-reading.ts";

const START = Date.parse("2026-11-20T12:00:00Z");
const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];

function bookOf(readings: readonly SpendReading[], zone = "UTC", before: SpendBook = EMPTY_BOOK): SpendBook {
  return readings.reduce((book, one) => withReading(book, one, zone), before);
}

/** What the only source spent, by unit. */
function units(book: SpendBook): readonly UnitSpend[] {
  return spendOf(book, "a")?.units ?? [];
}

function sumOf(book: SpendBook): number {
  return Object.values(units(book)[0]?.days ?? {}).reduce((all, amount) => all + amount, 0);
}

describe("the days of what was spent", () => {
  const days = (readings: readonly SpendReading[], zone: string) => units(bookOf(readings, zone))[0];

  it("are those of the user's zone", () => {
    // 23:30 in Berlin is half past five in the afternoon in New York.
    const list = [
      reading(Date.parse("2026-11-20T22:20:00Z"), [usedMeter(0)]),
      reading(Date.parse("2026-11-20T22:30:00Z"), [usedMeter(6)]),
      reading(Date.parse("2026-11-20T23:10:00Z"), [usedMeter(7)]),
    ];
    expect(days(list, "Europe/Berlin")?.days).toEqual({ "2026-11-20": 7 });
    expect(days([...list, reading(Date.parse("2026-11-20T23:20:00Z"), [usedMeter(9)])], "Europe/Berlin")?.days).toEqual(
      { "2026-11-20": 7, "2026-11-21": 2 },
    );
    expect(days(list, "America/New_York")?.days).toEqual({ "2026-11-20": 7 });
  });

  it("share evenly what was spent while nobody looked, and say so", () => {
    const spend = days([reading(START, [usedMeter(0)]), reading(START + 3 * DAY, [usedMeter(30_000_000)])], "UTC");
    expect(spend?.days).toEqual({
      "2026-11-20": 5_000_000,
      "2026-11-21": 10_000_000,
      "2026-11-22": 10_000_000,
      "2026-11-23": 5_000_000,
    });
    expect(spend?.cut).toEqual(["2026-11-21", "2026-11-22", "2026-11-23"]);
    expect(spend?.lost).toEqual([]);
  });

  it("lose nothing of an odd amount, over 23 and 25 hours, too", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: Date.parse("2026-01-01T00:00:00Z"), max: Date.parse("2027-01-01T00:00:00Z") }),
        fc.integer({ min: 1, max: 35 * 24 * 60 }),
        fc.integer({ min: 0, max: 1_000_000_007 }),
        (zone, from, minutes, amount) => {
          const book = bookOf(
            [reading(from, [usedMeter(0)]), reading(from + minutes * MINUTE, [usedMeter(amount)])],
            zone,
          );
          expect(sumOf(book)).toBe(amount);
          for (const part of Object.values(units(book)[0]?.days ?? {})) expect(Number.isSafeInteger(part)).toBe(true);
        },
      ),
    );
  });

  it("are at most forty, and a clock that jumps does not wipe them", () => {
    let book = EMPTY_BOOK;
    for (let day = 0; day < 100; day += 1)
      book = withReading(book, reading(START + day * DAY, [usedMeter(day * 5)]), "UTC");
    expect(Object.keys(units(book)[0]?.days ?? {})).toHaveLength(MOST_DAYS);
    const now = START + 99 * DAY;
    // Ten years on, and back again.
    book = bookOf(
      [
        reading(now + 3650 * DAY, [usedMeter(495)]),
        reading(now + MINUTE, [usedMeter(495)]),
        reading(now + 2 * MINUTE, [usedMeter(500)]),
      ],
      "UTC",
      book,
    );
    const spend = units(book)[0]?.days ?? {};
    expect(spend["2027-02-27"]).toBeGreaterThanOrEqual(5);
    expect(Object.keys(spend)).toHaveLength(MOST_DAYS);
  });

  it("know what a counter lost that was reset unseen", () => {
    const until = (text: string) => ({ window: calendar("day", Date.parse(text)) });
    const first = reading(START, [usedMeter(5, until("2026-11-21T00:00:00Z"))]);
    const next = reading(START + 20 * HOUR, [usedMeter(3, until("2026-11-22T00:00:00Z"))]);
    const spend = days([first, next], "UTC");
    expect(spend?.days).toEqual({ "2026-11-21": 3 });
    expect(spend?.lost).toEqual(["2026-11-20"]);
  });
});

describe("which figures count", () => {
  const rolling = (hours: number) =>
    ({ kind: "rolling", lengthMs: hours * HOUR, resetsAt: START + hours * HOUR, resetBasis: "reported" }) as const;
  const counted = (meters: (step: number) => readonly Meter[]) =>
    sumOf(bookOf([0, 1, 2].map((step) => reading(START + step * 5 * MINUTE, meters(step)))));

  it.each<[string, (step: number) => readonly Meter[], number]>([
    ["the key's before the account's", (n) => [balanceMeter(100 - 7 * n), usedMeter(5 * n)], 10],
    [
      "the one that is never reset before those that are",
      (n) => [usedMeter(2 * n, { id: "day", window: rolling(24) }), usedMeter(5 * n)],
      10,
    ],
    [
      "the month before the balance",
      (n) => [
        balanceMeter(100 - 7 * n),
        usedMeter(5 * n, { scope: "account", window: calendar("month", START + 9 * DAY) }),
      ],
      10,
    ],
    [
      "the balance before five hours",
      (n) => [usedMeter(5 * n, { scope: "account", window: rolling(5) }), balanceMeter(100 - 7 * n)],
      14,
    ],
    [
      "what all balances of one account fell by",
      (n) => [balanceMeter(100 - 7 * n), balanceMeter(50 - n, { id: "second" })],
      16,
    ],
    [
      "not a part of a balance",
      (n) => [balanceMeter(100 - 7 * n), balanceMeter(50 - 7 * n, { id: "granted", partOf: "balance" })],
      14,
    ],
    ["not a limit of requests a minute", (n) => [usedMeter(3 * n, { window: rolling(1 / 60) })], 0],
    ["not a limit that refills", (n) => [usedMeter(3 * n, { window: { ...rolling(24), resetBasis: "refill" } })], 0],
    ["a model's where nothing else is told", (n) => [usedMeter(3 * n, { scope: "model" })], 6],
    ["the key's before a model's", (n) => [usedMeter(3 * n, { scope: "model", id: "m" }), usedMeter(5 * n)], 10],
  ])("%s", (_name, meters, expected) => {
    expect(counted(meters)).toBe(expected);
  });

  it("keep units apart", () => {
    const list = [0, 1].map((n) =>
      reading(START + n * MINUTE, [
        usedMeter(n),
        usedMeter(7 * n, { id: "t", unit: { kind: "tokens" } }),
        usedMeter(3 * n, { id: "e", unit: EUR }),
        usedMeter(9 * n, { id: "p", unit: { kind: "percent" } }),
      ]),
    );
    const book = bookOf(list);
    expect(units(book).map(({ unit, days }) => [unit, days])).toEqual([
      [{ kind: "money", currency: "USD" }, { "2026-11-20": 1 }],
      [{ kind: "tokens" }, { "2026-11-20": 7 }],
      [EUR, { "2026-11-20": 3 }],
    ]);
  });

  it("do not count again what another counter told while one was missing", () => {
    const key = (used: number) => usedMeter(used);
    const account = (used: number) => usedMeter(used, { id: "account", scope: "account" });
    const list = [
      [key(0), account(0)],
      [key(10), account(10)],
      [account(30)],
      [account(40)],
      [key(45), account(45)],
      [key(50), account(50)],
    ];
    const book = bookOf(list.map((meters, index) => reading(START + index * 5 * MINUTE, meters)));
    expect(sumOf(book)).toBe(50);
  });

  it("go on where one counter is told now and then", () => {
    const list = [
      [usedMeter(0)],
      [usedMeter(5, { id: "other", scope: "user" })],
      [usedMeter(8)],
      [usedMeter(9, { id: "other", scope: "user" })],
      [usedMeter(12)],
    ];
    expect(sumOf(bookOf(list.map((meters, index) => reading(START + index * MINUTE, meters))))).toBe(12);
  });

  it("begin anew with another key, and with another gateway forget what was", () => {
    const before = bookOf([reading(START, [usedMeter(100)]), reading(START + HOUR, [usedMeter(110)])]);
    const otherKey = bookOf(
      [reading(START + 2 * HOUR, [usedMeter(900)], { isOtherKey: true }), reading(START + 3 * HOUR, [usedMeter(903)])],
      "UTC",
      before,
    );
    expect(sumOf(otherKey)).toBe(13);
    expect(units(otherKey)[0]?.lost).toEqual(["2026-11-20"]);
    const elsewhere = bookOf(
      [
        reading(START + 2 * HOUR, [usedMeter(900)], { reads: 2 }),
        reading(START + 3 * HOUR, [usedMeter(903)], { reads: 2 }),
      ],
      "UTC",
      before,
    );
    expect(sumOf(elsewhere)).toBe(3);
  });
});
