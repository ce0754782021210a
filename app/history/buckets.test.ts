import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Unit } from "../quota/meter.ts";
import { type Bucket, bucketsOf, mergeBuckets } from "./buckets.ts";
import type { Span } from "./span.ts";

const tokens: Unit = { kind: "tokens" };
const HOUR = 10;
const DAY = 40;

/** Spans of few milliseconds, so that every millisecond can be looked at. Some overlap, as after a clock was set back. */
const spans = fc.array(
  fc
    .record({
      at: fc.integer({ min: 0, max: 120 }),
      length: fc.integer({ min: 0, max: 50 }),
      remaining: fc.option(fc.integer({ min: -5, max: 100 })),
      limit: fc.option(fc.constantFrom(0, 50, 100)),
    })
    .map(({ at, length, remaining, limit }): Span => {
      return { at, until: at + length, remaining, used: at, limit, resetsAt: null };
    }),
  { maxLength: 12 },
);

/** What is known at each millisecond: of spans that overlap, the one that began last. */
function valueAt(list: readonly Span[], at: number): Span | undefined {
  return list
    .toSorted((a, b) => a.at - b.at)
    .findLast((span) => span.at <= at && at <= span.until && !list.some((o) => o.at > span.at && o.at <= at));
}

function expected(list: readonly Span[], from: number, to: number, size: number) {
  const known = new Map<number, { at: number; span: Span }[]>();
  for (let at = from; at < to; at += 1) {
    const span = valueAt(list, at);
    if (span === undefined) continue;
    const begin = Math.floor(at / size) * size;
    known.set(begin, [...(known.get(begin) ?? []), { at, span }]);
  }
  return [...known].map(([at, seen]) => {
    const figures = seen.flatMap(({ span }) => (span.remaining === null ? [] : [span.remaining]));
    return {
      at,
      firstAt: seen[0]?.at,
      lastAt: seen.at(-1)?.at,
      remaining: seen.at(-1)?.span.remaining,
      used: seen.at(-1)?.span.used,
      remainingMin: figures.length === 0 ? null : Math.min(...figures),
      remainingMax: figures.length === 0 ? null : Math.max(...figures),
    };
  });
}

const withoutTwins = (list: readonly Span[]) =>
  list.filter((a, index) => !list.some((b, i) => i > index && b.at === a.at));
const plain = ({ limit: _, percentLeft: __, percentMin: ___, percentMax: ____, ...rest }: Bucket) => rest;
const time = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 16 }));

describe("a roll-up", () => {
  test("says of each hour what every moment of it said", () => {
    fc.assert(
      fc.property(spans.map(withoutTwins), time, (list, [first, count]) => {
        const [from, to] = [first * HOUR, (first + count) * HOUR];
        expect(bucketsOf(list, tokens, { from, to, sizeMs: HOUR }).map(plain)).toEqual(expected(list, from, to, HOUR));
      }),
    );
  });

  test("of a day is the same, made at once or of its hours", () => {
    fc.assert(
      fc.property(spans.map(withoutTwins), (list) => {
        const hours = bucketsOf(list, tokens, { from: 0, to: 200, sizeMs: HOUR });
        expect(mergeBuckets(hours, DAY)).toEqual(bucketsOf(list, tokens, { from: 0, to: 200, sizeMs: DAY }));
      }),
    );
  });

  test("made in parts is the same as made at once", () => {
    fc.assert(
      fc.property(spans.map(withoutTwins), fc.integer({ min: 0, max: 19 }), (list, cut) => {
        const part = (from: number, to: number) => bucketsOf(list, tokens, { from, to, sizeMs: HOUR });
        const parts = [...part(0, cut * HOUR), ...part(cut * HOUR, 200)];
        expect(parts).toEqual(part(0, 200));
        expect(mergeBuckets(parts, DAY)).toEqual(mergeBuckets(part(0, 200), DAY));
      }),
    );
  });

  test("holds the last figure between the least and the most", () => {
    fc.assert(
      fc.property(spans, (list) => {
        for (const bucket of bucketsOf(list, tokens, { from: 0, to: 200, sizeMs: HOUR })) {
          for (const [least, last, most] of [
            [bucket.remainingMin, bucket.remaining, bucket.remainingMax],
            [bucket.percentMin, bucket.percentLeft, bucket.percentMax],
          ]) {
            if (last === null) continue;
            expect(least).toBeLessThanOrEqual(last ?? Number.NaN);
            expect(most).toBeGreaterThanOrEqual(last ?? Number.NaN);
          }
        }
      }),
    );
  });
});

test("percent is of the limit that stood at the time", () => {
  const list: Span[] = [
    { at: 0, until: 3, remaining: 50, used: null, limit: 100, resetsAt: null },
    { at: 5, until: 8, remaining: 40, used: null, limit: 400, resetsAt: null },
  ];
  expect(bucketsOf(list, tokens, { from: 0, to: 10, sizeMs: 10 })).toEqual([
    {
      at: 0,
      firstAt: 0,
      lastAt: 8,
      remaining: 40,
      remainingMin: 40,
      remainingMax: 50,
      used: null,
      limit: 400,
      percentLeft: 10,
      percentMin: 10,
      percentMax: 50,
    },
  ]);
});

test("what is not known is not counted, and where nothing is known nothing stands", () => {
  const list: Span[] = [
    { at: 0, until: 3, remaining: null, used: 4, limit: null, resetsAt: null },
    { at: 31, until: 31, remaining: 7, used: 5, limit: null, resetsAt: null },
  ];
  const buckets = bucketsOf(list, tokens, { from: 0, to: 40, sizeMs: 10 });
  expect(buckets.map(({ at, remainingMin, percentLeft }) => [at, remainingMin, percentLeft])).toEqual([
    [0, null, null],
    [30, 7, null],
  ]);
});
