import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../tests/support/spend-readings.ts";
import { calendarPeriod, dayAt, daysBegunBetween, type Period, windowStart } from "./calendar-period.ts";

const at = (text: string) => Date.parse(text);
const zones = fc.constantFrom(
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Africa/Cairo",
  "Pacific/Apia",
  "America/Sao_Paulo",
);
const moments = fc.integer({ min: at("2005-01-01T00:00:00Z"), max: at("2045-01-01T00:00:00Z") });

describe("calendarPeriod", () => {
  it.each<[Period, string, string, string, string, number]>([
    ["day", "2026-11-20T12:00:00Z", "UTC", "2026-11-20T00:00:00.000Z", "2026-11-20", 24],
    ["day", "2026-11-20T23:30:00Z", "Europe/Berlin", "2026-11-20T23:00:00.000Z", "2026-11-21", 24],
    ["day", "2026-03-29T12:00:00Z", "Europe/Berlin", "2026-03-28T23:00:00.000Z", "2026-03-29", 23],
    ["day", "2026-10-25T12:00:00Z", "Europe/Berlin", "2026-10-24T22:00:00.000Z", "2026-10-25", 25],
    ["week", "2026-03-29T12:00:00Z", "Europe/Berlin", "2026-03-22T23:00:00.000Z", "2026-03-23", 167],
    ["week", "2026-11-01T12:00:00Z", "America/New_York", "2026-10-26T04:00:00.000Z", "2026-10-26", 169],
    ["month", "2026-10-31T12:00:00Z", "Europe/Berlin", "2026-09-30T22:00:00.000Z", "2026-10-01", 745],
    ["month", "2028-02-29T12:00:00Z", "UTC", "2028-02-01T00:00:00.000Z", "2028-02-01", 29 * 24],
    // Clocks skip midnight here: the day begins at one.
    ["day", "2026-04-24T12:00:00Z", "Africa/Cairo", "2026-04-23T22:00:00.000Z", "2026-04-24", 23],
    ["day", "2026-04-04T12:00:00Z", "Australia/Lord_Howe", "2026-04-03T13:00:00.000Z", "2026-04-04", 24],
    ["day", "2026-04-05T02:00:00Z", "Australia/Lord_Howe", "2026-04-04T13:00:00.000Z", "2026-04-05", 24.5],
    ["day", "2026-11-20T12:00:00Z", "Nowhere/Land", "2026-11-20T00:00:00.000Z", "2026-11-20", 24],
  ])("of a %s at %s in %s begins at %s", (period, moment, zone, start, firstDay, hours) => {
    const found = calendarPeriod(period, at(moment), zone);
    expect([new Date(found.start).toISOString(), found.firstDay, (found.end - found.start) / HOUR]).toEqual([
      start,
      firstDay,
      hours,
    ]);
  });

  it("holds its moment, and the next one begins where it ends", () => {
    fc.assert(
      fc.property(fc.constantFrom<Period>("day", "week", "month"), moments, zones, (period, moment, zone) => {
        const found = calendarPeriod(period, moment, zone);
        expect(found.start).toBeLessThanOrEqual(moment);
        expect(found.end).toBeGreaterThan(moment);
        expect(calendarPeriod(period, found.start, zone)).toEqual(found);
        expect(calendarPeriod(period, found.end - 1, zone)).toEqual(found);
        expect(calendarPeriod(period, found.end, zone)).toMatchObject({ start: found.end, firstDay: found.nextDay });
        expect(dayAt(moment, zone) >= found.firstDay && dayAt(moment, zone) < found.nextDay).toBe(true);
      }),
    );
  });
});

describe("daysBegunBetween", () => {
  it("names each day that begins, in order", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 50 * DAY }), zones, (from, length, zone) => {
        const begun = daysBegunBetween(from, from + length, zone, 40);
        expect(begun.length).toBeLessThanOrEqual(40);
        for (const { day, at: moment } of begun) {
          expect(dayAt(moment, zone)).toBe(day);
          expect(dayAt(moment - 1, zone) < day).toBe(true);
          expect(moment > from && moment <= from + length).toBe(true);
        }
        if (length < 40 * DAY)
          expect(new Set([dayAt(from, zone), ...begun.map(({ day }) => day)]).size).toBe(begun.length + 1);
      }),
    );
  });
});

it("knows the day that Samoa skipped", () => {
  const begun = daysBegunBetween(at("2011-12-29T12:00:00Z"), at("2011-12-31T12:00:00Z"), "Pacific/Apia", 40);
  expect(begun.map(({ day }) => day)).toEqual(["2011-12-31", "2012-01-01"]);
  expect(calendarPeriod("day", at("2011-12-29T12:00:00Z"), "Pacific/Apia").nextDay).toBe("2011-12-31");
});

describe("windowStart", () => {
  const noon = at("2026-11-20T12:00:00Z");
  it.each<[string, Parameters<typeof windowStart>[0], number | null]>([
    ["five hours", { kind: "rolling", lengthMs: 5 * HOUR, resetsAt: noon, resetBasis: "reported" }, noon - 5 * HOUR],
    [
      "five hours that do not say when they end",
      { kind: "rolling", lengthMs: 5 * HOUR, resetsAt: null, resetBasis: "reported" },
      null,
    ],
    ["a limit that refills", { kind: "rolling", lengthMs: 5 * HOUR, resetsAt: noon, resetBasis: "refill" }, null],
    [
      "a month",
      {
        kind: "calendar",
        period: "month",
        timeZone: "UTC",
        resetsAt: at("2026-12-01T00:00:00Z"),
        resetBasis: "derived",
      },
      at("2026-11-01T00:00:00Z"),
    ],
    [
      "a month that ends on the twentieth",
      { kind: "calendar", period: "month", timeZone: "UTC", resetsAt: noon, resetBasis: "reported" },
      null,
    ],
    [
      "a day that ends when no calendar knows",
      { kind: "calendar", period: "day", timeZone: "UTC", resetsAt: 1e300, resetBasis: "reported" },
      null,
    ],
    ["a period of unknown length", { kind: "period", resetsAt: noon, resetBasis: "reported" }, null],
    ["a balance", { kind: "balance" }, null],
  ])("of %s", (_name, window, expected) => {
    expect(windowStart(window)).toBe(expected);
  });
});
