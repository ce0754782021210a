import { describe, expect, it } from "vitest";
import type { Stretch } from "./burn.ts";
import { dayPatternOf } from "./day-pattern.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday. */
const START = Date.parse("2026-11-02T00:00:00Z");

/** One stretch for each hour of so many days; where `perHour` gives undefined, nothing is known. */
function hours(days: number, perHour: (hour: number, day: number) => number | undefined): Stretch[] {
  return Array.from({ length: days * 24 }, (_, index) => {
    const used = perHour(index % 24, Math.floor(index / 24));
    const from = START + index * HOUR;
    return used === undefined ? [] : [{ from, to: from + HOUR, used }];
  }).flat();
}

/** Units per hour. */
function pattern(days: number, perHour: (hour: number, day: number) => number | undefined) {
  const found = dayPatternOf(hours(days, perHour), START + days * DAY);
  return { byHour: (found?.byHour ?? []).map((rate) => rate * HOUR), byWeekday: found?.byWeekday ?? [] };
}

const perDay = ({ byHour }: { readonly byHour: readonly number[] }) => byHour.reduce((sum, rate) => sum + rate, 0);
/** Of the first day of the trace and those after it. */
const fromMonday = (byWeekday: readonly number[]) => {
  const monday = Math.floor(START / DAY) % 7;
  return byWeekday.map((_, day) => byWeekday[(monday + day) % 7] ?? Number.NaN);
};

describe("dayPatternOf", () => {
  it("knows nothing of days before one is over", () => {
    expect(dayPatternOf(hours(1, () => 10).slice(1), START + DAY)).toBeNull();
    expect(dayPatternOf([], START)).toBeNull();
    expect(pattern(1, () => 10).byHour).toHaveLength(24);
  });

  it("tells busy hours from idle ones, the surer the longer they were watched", () => {
    const office = (hour: number) => (hour >= 9 && hour < 17 ? 30 : 0);
    const [one, ten] = [pattern(1, office), pattern(10, office)];
    for (const { byHour } of [one, ten]) expect(perDay({ byHour })).toBeCloseTo(240, 6);
    expect(one.byHour[12]).toBeGreaterThan(15);
    expect(ten.byHour[12]).toBeGreaterThan(27);
    expect(one.byHour[3]).toBeLessThan(6);
    expect(ten.byHour[3]).toBeLessThan(1.5);
  });

  it("tells weekends from weekdays once it has seen a week", () => {
    const weekdays = (_hour: number, day: number) => (day % 7 < 5 ? 10 : 0);
    expect(pattern(6, weekdays).byWeekday).toEqual([1, 1, 1, 1, 1, 1, 1]);
    const week = fromMonday(pattern(7, weekdays).byWeekday);
    const fortnight = fromMonday(pattern(14, weekdays).byWeekday);
    expect(Math.max(...week.slice(5))).toBeLessThan(0.6);
    expect(Math.max(...fortnight.slice(5))).toBeLessThan(0.4);
    expect(Math.min(...fortnight.slice(0, 5))).toBeGreaterThan(1.2);
    expect(fortnight.reduce((sum, share) => sum + share, 0)).toBeCloseTo(7, 6);
  });

  it("counts late days more than early ones", () => {
    const mean = (10 * 3 + 30 * 3) / 6;
    const rising = perDay(pattern(6, (_hour, day) => (day < 3 ? 10 : 30))) / 24;
    expect(rising).toBeGreaterThan(mean + 0.5);
    expect(rising).toBeLessThan(30);
  });

  it("does not take a day of which nothing is known for an idle one", () => {
    expect(perDay(pattern(6, (_hour, day) => (day % 2 === 0 ? 10 : undefined)))).toBeCloseTo(240, 6);
    expect(perDay(pattern(6, (_hour, day) => (day % 2 === 0 ? 10 : 0)))).toBeLessThan(140);
  });

  it("gives nothing back where figures were corrected", () => {
    const { byHour } = pattern(3, (hour) => (hour === 5 ? -20 : 5));
    expect(Math.min(...byHour)).toBeGreaterThanOrEqual(0);
  });
});
