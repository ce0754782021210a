import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Unit } from "../quota/meter.ts";
import { bucketsOf } from "./buckets.ts";
import { pointsOfBuckets, pointsOfSpans } from "./points.ts";
import type { Span } from "./span.ts";

const tokens: Unit = { kind: "tokens" };
const span = (at: number, until: number, remaining: number | null, limit: number | null = 1000): Span => ({
  at,
  until,
  remaining,
  used: null,
  limit,
  resetsAt: null,
});
const time = { from: 0, to: 1000, gapMs: 100 };

describe("points of what was read", () => {
  test("are level as long as nothing changed, and fall between the readings", () => {
    const points = pointsOfSpans([span(0, 90, 900), span(95, 95, 880)], tokens, time);
    expect(
      points.map(({ at, from, remaining, percentLeft, gapBefore }) => [at, from, remaining, percentLeft, gapBefore]),
    ).toEqual([
      [0, 0, 900, 90, false],
      [90, 90, 900, 90, false],
      [95, 95, 880, 88, false],
    ]);
  });

  test("have no line over a time in which nobody looked", () => {
    const points = pointsOfSpans([span(0, 50, 900), span(150, 150, 880), span(251, 260, 870)], tokens, time);
    expect(points.map(({ at, gapBefore }) => [at, gapBefore])).toEqual([
      [0, false],
      [50, false],
      [150, false],
      [251, true],
      [260, false],
    ]);
  });

  test("begin and end at the edges of the view", () => {
    const points = pointsOfSpans(
      [span(-500, -200, 5), span(-100, 40, 4), span(900, 5000, 3), span(5001, 6000, 2)],
      tokens,
      time,
    );
    expect(points.map(({ at, remaining }) => [at, remaining])).toEqual([
      [0, 4],
      [40, 4],
      [900, 3],
      [1000, 3],
    ]);
  });

  test("tell no share where there is no limit, and none left as none", () => {
    const points = pointsOfSpans([span(0, 0, 5, null), span(1, 1, null), span(2, 2, 0, null)], tokens, time);
    expect(points.map(({ percentLeft }) => percentLeft)).toEqual([null, null, 0]);
  });
});

test("points never run backwards, whatever the clock did", () => {
  const any = fc.array(
    fc.tuple(fc.integer({ min: -200, max: 1200 }), fc.nat(300)).map(([at, length]) => span(at, at + length, at)),
  );
  fc.assert(
    fc.property(any, (list) => {
      const points = pointsOfSpans(list, tokens, time);
      for (const [index, { at, gapBefore }] of points.entries()) {
        const before = points[index - 1];
        if (before !== undefined) {
          expect(at).toBeGreaterThanOrEqual(before.at);
          const isFar = at - before.at > time.gapMs;
          // A line that is long stands for one thing that was said all along.
          if (gapBefore) expect(isFar).toBe(true);
          else if (isFar) expect(list.some((one) => one.at <= before.at && one.until >= at)).toBe(true);
        }
      }
      const rolled = pointsOfBuckets(bucketsOf(list, tokens, { from: 0, to: 1000, sizeMs: 50 }), time.gapMs);
      for (const [index, { from, at }] of rolled.entries()) {
        expect(from).toBeLessThanOrEqual(at);
        expect(from).toBeGreaterThan(rolled[index - 1]?.at ?? -1);
      }
    }),
  );
});

test("a rolled-up point stands where its figures were read, and knows a gap by its edges", () => {
  const list = [span(0, 95, 900), span(98, 98, 700), span(300, 310, 600)];
  const points = pointsOfBuckets(bucketsOf(list, tokens, { from: 0, to: 1000, sizeMs: 100 }), 100);
  expect(
    points.map(({ from, at, remaining, remainingMax, gapBefore }) => [from, at, remaining, remainingMax, gapBefore]),
  ).toEqual([
    [0, 98, 700, 900, false],
    [300, 310, 600, 600, true],
  ]);
});
