import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { budgetWindow, parseBudgetDuration } from "./budget-window.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("the duration of a budget", () => {
  it.each([
    ["30s", { ms: 30_000 }],
    ["30m", { ms: 30 * 60_000 }],
    ["24h", { ms: DAY }],
    ["30d", { ms: 30 * DAY }],
    ["1w", { ms: 7 * DAY }],
    ["1mo", { months: 1 }],
    ["12mo", { months: 12 }],
  ])("reads %s", (text, expected) => {
    expect(parseBudgetDuration(text)).toEqual(expected);
  });

  it.each(["", "0d", "-1d", "1.5h", "30", "d", "1y", "1month", "monthly", "1d 2h", "9999999d"])(
    "does not read %j",
    (text) => {
      expect(parseBudgetDuration(text)).toBeNull();
    },
  );

  it("never takes minutes for months, nor any text for a length that is no whole number", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), (number) => {
        expect(parseBudgetDuration(`${number}m`)).toEqual({ ms: number * 60_000 });
        expect(parseBudgetDuration(`${number}mo`)).toEqual({ months: number });
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const length = parseBudgetDuration(text);
        if (length !== null) expect(Object.values(length).every((value) => value > 0)).toBe(true);
      }),
    );
  });
});

describe("the window of a budget", () => {
  const monday = Date.UTC(2026, 10, 23);
  const first = Date.UTC(2026, 11, 1);

  it.each([
    ["1d", monday, "day"],
    ["24h", monday, "day"],
    ["7d", monday, "week"],
    ["30d", first, "month"],
    ["1mo", first, "month"],
  ])("is a calendar one for %s where the reset fits", (duration, resetsAt, period) => {
    expect(budgetWindow(duration, resetsAt)).toEqual({
      kind: "calendar",
      period,
      timeZone: "UTC",
      resetsAt,
      resetBasis: "reported",
    });
  });

  it.each([
    ["1d", monday + HOUR],
    ["7d", monday + DAY],
    ["30d", monday],
    ["30d", first + 1],
    ["2d", first],
    ["1h", first],
    ["30d", null],
  ])("is counted from when it was made for %s and a reset at %s", (duration, resetsAt) => {
    expect(budgetWindow(duration, resetsAt)).toMatchObject({ kind: "rolling", resetsAt, resetBasis: "reported" });
  });

  it.each([
    ["1mo", monday],
    ["2mo", first],
    ["fortnightly", monday],
    [null, monday],
    ["1mo", null],
  ])("has no length for %s and a reset at %s", (duration, resetsAt) => {
    expect(budgetWindow(duration, resetsAt)).toEqual({ kind: "period", resetsAt, resetBasis: "reported" });
  });

  it("is the key's whole life where nothing resets", () => {
    expect(budgetWindow(null, null)).toEqual({ kind: "lifetime" });
  });
});
