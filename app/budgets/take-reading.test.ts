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
import { EMPTY_BOOK, MOST_DAYS, type SpendBook, spendBookSchema, spendOf, type UnitSpend } from "./spend-book.ts";
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

/** A gateway as it is: a counter that follows use, is reset, topped up, and answers late at times. Amounts are micros. */
const lives = fc.record({
  zone: fc.constantFrom(...ZONES),
  /** Minutes to the next poll, what is used until then, how late the answer is, what is paid in just before. */
  polls: fc.array(
    fc.record({
      wait: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 1, max: 10 }) },
        { weight: 1, arbitrary: fc.integer({ min: 11, max: 2_000 }) },
      ),
      use: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5_000_000 })),
      late: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 12 })),
      paidIn: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 50_000_000 })),
    }),
    { minLength: 2, maxLength: 120 },
  ),
});

interface Moment {
  readonly at: number;
  /** Used since the beginning of time. */
  readonly used: number;
  readonly paidIn: number;
}

/** The truth at each poll, and what the counter stood at some minutes before it. */
function truth(
  polls: readonly { readonly wait: number; readonly use: number; readonly late: number; readonly paidIn: number }[],
): readonly { readonly now: Moment; readonly told: Moment }[] {
  let moments: readonly Moment[] = [{ at: START, used: 0, paidIn: 0 }];
  let paidInAt = START - DAY;
  return polls.map(({ wait, use, late, ...poll }, index) => {
    const before = moments.at(-1) ?? { at: START, used: 0, paidIn: 0 };
    // A payment is seen before the next one comes. Of two that nobody saw apart, a late answer from between them looks like what
    // came before both: that cannot be told from use.
    const paidIn = index > 0 && before.at - paidInAt > 15 * MINUTE ? poll.paidIn : 0;
    if (paidIn > 0) paidInAt = before.at + wait * MINUTE;
    const now = { at: before.at + wait * MINUTE, used: before.used + use, paidIn: before.paidIn + paidIn };
    // Used evenly; paid in at the end.
    const steps = Array.from({ length: wait }, (_, minute) => ({
      at: before.at + (minute + 1) * MINUTE,
      used: before.used + Math.round((use * (minute + 1)) / wait),
      paidIn: minute + 1 === wait ? now.paidIn : before.paidIn,
    }));
    moments = [...moments, ...steps];
    // A payment is seen at once: one that is spent again before anybody saw it is use of a balance that nobody knew.
    const told = (paidIn > 0 ? undefined : moments.findLast(({ at }) => at <= now.at - late * MINUTE)) ?? now;
    return { now, told };
  });
}

const at = (index: number, list: ReturnType<typeof truth>) => list[index]?.now ?? { at: START, used: 0, paidIn: 0 };

describe("what was spent by a simulated gateway", () => {
  it("is what its counter rose by, whatever comes late", () => {
    fc.assert(
      fc.property(lives, ({ zone, polls }) => {
        const life = truth(polls);
        const book = bookOf(
          life.map(({ now, told }) => reading(now.at, [usedMeter(7_000_000 + told.used)])),
          zone,
        );
        const highest = Math.max(...life.map(({ told }) => told.used));
        expect(sumOf(book)).toBe(highest - (life[0]?.told.used ?? 0));
      }),
    );
  });

  it("is what a daily counter tells of each day, and never more than the truth", () => {
    fc.assert(
      fc.property(lives, fc.boolean(), ({ zone, polls }, isDerived) => {
        const life = truth(polls);
        const window = (now: number) => calendar("day", Math.floor(now / DAY + 1) * DAY);
        // What had been used when the day began that a moment lies in.
        const usedBefore = (moment: number) => {
          const midnight = Math.floor(moment / DAY) * DAY;
          const later = life.find(({ now }) => now.at >= midnight);
          const index = later === undefined ? -1 : life.indexOf(later);
          const [a, b] = [at(index - 1, life), at(index, life)];
          return b.at === a.at ? a.used : a.used + Math.round(((b.used - a.used) * (midnight - a.at)) / (b.at - a.at));
        };
        const readings = life.map(({ now, told }) =>
          reading(now.at, [
            usedMeter(Math.max(0, told.used - usedBefore(told.at)), {
              // A derived reset is of the time of the answer, whatever the service counted by then.
              window: window(isDerived ? now.at : told.at),
            }),
          ]),
        );
        const sum = sumOf(bookOf(readings, zone));
        expect(sum).toBeGreaterThanOrEqual(0);
        // Rounding of the simulated use gives a micro per poll at most.
        expect(sum).toBeLessThanOrEqual((life.at(-1)?.now.used ?? 0) + polls.length);
      }),
      { numRuns: 300 },
    );
  });

  it("is exactly what each window told last, where answers are prompt and days are not mistaken", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 }), {
          minLength: 1,
          maxLength: 30,
        }),
        (days) => {
          let expected = 0;
          const readings = days.flatMap((uses, day) => {
            let used = 0;
            return uses.map((use, poll) => {
              // Each day begins below where the one before ended: nobody could tell otherwise.
              used += poll === 0 ? 0 : use;
              if (poll === uses.length - 1) expected += day === 0 ? 0 : used;
              const now = START + day * DAY + poll * HOUR;
              return reading(now, [usedMeter(used, { window: calendar("day", START + 11 * HOUR + (day + 1) * DAY) })]);
            });
          });
          const [first = []] = days;
          expected += first.slice(1).reduce((all, use) => all + use, 0);
          expect(sumOf(bookOf(readings))).toBe(expected);
        },
      ),
    );
  });

  it("is what a balance fell by, and never more than was used", () => {
    fc.assert(
      fc.property(lives, ({ zone, polls }) => {
        const life = truth(polls);
        const book = bookOf(
          life.map(({ now, told }) => reading(now.at, [balanceMeter(100_000_000 + told.paidIn - told.used)])),
          zone,
        );
        const used = (life.at(-1)?.now.used ?? 0) - (life[0]?.told.used ?? 0);
        expect(sumOf(book)).toBeLessThanOrEqual(used);
        const isTopped = polls.some(({ paidIn }) => paidIn > 0);
        const last = life.at(-1);
        if (!isTopped && last?.now === last?.told) expect(sumOf(book)).toBe(used);
      }),
      { numRuns: 300 },
    );
  });

  it("is the same after a restart at any moment", () => {
    fc.assert(
      fc.property(lives, fc.array(fc.nat(), { maxLength: 8 }), ({ zone, polls }, restarts) => {
        const readings = truth(polls).map(({ now, told }) =>
          reading(now.at, [
            usedMeter(told.used, {
              window: calendar("week", START + Math.ceil((now.at - START) / (7 * DAY)) * 7 * DAY),
            }),
            balanceMeter(9_000_000 + told.paidIn - told.used, { id: "b", scope: "key" }),
            balanceMeter(4_000_000 - told.used, { unit: EUR }),
          ]),
        );
        const whole = bookOf(readings, zone);
        const cuts = [...new Set(restarts.map((nth) => nth % readings.length))].toSorted((a, b) => a - b);
        let book: SpendBook = EMPTY_BOOK;
        for (const [index, one] of readings.entries()) {
          if (cuts.includes(index)) book = spendBookSchema.parse(JSON.parse(JSON.stringify(book)));
          book = withReading(book, one, zone);
        }
        expect(spendBookSchema.parse(JSON.parse(JSON.stringify(book)))).toEqual(JSON.parse(JSON.stringify(whole)));
      }),
      { numRuns: 60 },
    );
  });

  it("does not depend on how the readings of several sources fall between each other", () => {
    fc.assert(
      fc.property(lives, lives, fc.infiniteStream(fc.boolean()), (first, second, coin) => {
        const readingsOf = (life: typeof first, sourceId: string) =>
          truth(life.polls).map(({ now, told }) => reading(now.at, [usedMeter(told.used)], { sourceId }));
        const [a, b] = [readingsOf(first, "a"), readingsOf(second, "b")];
        const mixed: SpendReading[] = [];
        const left: [SpendReading[], SpendReading[]] = [[...a], [...b]];
        while (left[0].length + left[1].length > 0) {
          const one = left[coin.next().value === true ? 0 : 1].shift();
          if (one !== undefined) mixed.push(one);
        }
        expect(bookOf(mixed)).toEqual(bookOf([...a, ...b]));
      }),
      { numRuns: 50 },
    );
  });
});

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
