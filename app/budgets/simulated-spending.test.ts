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
import { EMPTY_BOOK, type SpendBook, spendBookSchema, spendOf, type UnitSpend } from "./spend-book.ts";
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
  return polls.map(({ wait, use, late, ...poll }) => {
    const before = moments.at(-1) ?? { at: START, used: 0, paidIn: 0 };
    // Nobody pays while the first figures come in, and a payment is seen before the next one comes. Of two that nobody saw apart, a late answer from between them looks like what
    // came before both: that cannot be told from use.
    const firstAt = START + (polls[0]?.wait ?? 0) * MINUTE;
    const paidIn = before.at - firstAt > HOUR && before.at - paidInAt > 15 * MINUTE ? poll.paidIn : 0;
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
