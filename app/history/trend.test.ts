import fc from "fast-check";
import { expect, it } from "vitest";
import type { Sample } from "../forecast/samples.ts";
import { trendOf } from "./trend.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const HOUR = 3_600_000;
const sample = (hoursAgo: number, remaining: number, limit: number | null = 1000): Sample => ({
  at: NOW - hoursAgo * HOUR,
  remaining,
  limit,
  resetsAt: null,
  burnt: 0,
});

it("draws the last day in even steps that end with what is left now", () => {
  const trend = trendOf([sample(23, 1000), sample(12, 500), sample(0, 100)], NOW);
  expect(trend).toHaveLength(24);
  expect(trend?.[0]).toBe(100);
  expect(trend?.[10]).toBe(100);
  expect(trend?.[12]).toBe(50);
  expect(trend?.at(-1)).toBe(10);
});

it("takes the most that was left for the whole where there is no limit", () => {
  expect(trendOf([sample(2, 80, null), sample(1, 40, null), sample(0, 20, null)], NOW)).toEqual([100, 50, 25]);
});

it.each<[string, Sample[]]>([
  ["too few figures", [sample(2, 10), sample(1, 9)]],
  ["figures of other days", [sample(50, 10), sample(40, 9), sample(30, 8)]],
  ["nothing ever left", [sample(2, 0, null), sample(1, 0, null), sample(0, 0, null)]],
])("draws nothing from %s", (_name, samples) => {
  expect(trendOf(samples, NOW)).toBeNull();
});

it("stays within its bounds, whatever was told", () => {
  const any = fc.array(
    fc.record({
      hoursAgo: fc.double({ min: 0, max: 30, noNaN: true }),
      remaining: fc.double({ min: -100, max: 5000, noNaN: true }),
      limit: fc.option(fc.double({ min: 1, max: 3000, noNaN: true })),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(any, (given) => {
      const samples = given
        .toSorted((a, b) => b.hoursAgo - a.hoursAgo)
        .map(({ hoursAgo, remaining, limit }) => sample(hoursAgo, remaining, limit));
      const trend = trendOf(samples, NOW);
      expect(trend?.length ?? 2).toBeGreaterThanOrEqual(2);
      expect(trend?.length ?? 0).toBeLessThanOrEqual(24);
      for (const value of trend ?? []) {
        expect(Number.isInteger(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(100);
      }
    }),
  );
});
