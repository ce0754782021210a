import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_QUIET_HOURS, type QuietHours } from "../settings/alert-settings.ts";
import { nextMorning, quietSpan } from "./quiet-hours.ts";

const at = (text: string): number => Date.parse(text);
const iso = (ms: number): string => new Date(ms).toISOString().replace(".000", "");
const night: QuietHours = { ...DEFAULT_QUIET_HOURS, enabled: true };
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];

describe("quietSpan", () => {
  it.each<[string, Partial<QuietHours>, string, string, boolean, string]>([
    ["in the evening before", {}, "2026-11-20T20:59:00Z", "Europe/Berlin", false, "2026-11-20T21:00:00Z"],
    ["from its first moment", {}, "2026-11-20T21:00:00Z", "Europe/Berlin", true, "2026-11-21T06:00:00Z"],
    ["over midnight", {}, "2026-11-20T23:30:00Z", "Europe/Berlin", true, "2026-11-21T06:00:00Z"],
    ["until its last moment", {}, "2026-11-21T05:59:59Z", "Europe/Berlin", true, "2026-11-21T06:00:00Z"],
    ["not at its end", {}, "2026-11-21T06:00:00Z", "Europe/Berlin", false, "2026-11-21T21:00:00Z"],
    ["within one day", { from: "12:30", to: "14:00" }, "2026-11-20T12:00:00Z", "UTC", false, "2026-11-20T12:30:00Z"],
    [
      "within one day, inside",
      { from: "12:30", to: "14:00" },
      "2026-11-20T13:00:00Z",
      "UTC",
      true,
      "2026-11-20T14:00:00Z",
    ],
    [
      "of a fixed zone",
      { timeZone: "America/New_York" },
      "2026-11-21T03:00:00Z",
      "Asia/Tokyo",
      true,
      "2026-11-21T12:00:00Z",
    ],
    ["of the computer's zone", {}, "2026-11-20T13:00:00Z", "Asia/Tokyo", true, "2026-11-20T22:00:00Z"],
    ["of a zone with a half hour", {}, "2026-11-20T16:30:00Z", "Asia/Kolkata", true, "2026-11-21T01:30:00Z"],
    // 2026-11-20 is a Friday.
    ["on the night of a chosen weekday", { days: [5] }, "2026-11-21T02:00:00Z", "UTC", true, "2026-11-21T07:00:00Z"],
    ["not on the night after it", { days: [5] }, "2026-11-21T23:00:00Z", "UTC", false, "2026-11-27T22:00:00Z"],
    [
      "not before dawn of a weekday whose evening is chosen",
      { days: [5] },
      "2026-11-20T02:00:00Z",
      "UTC",
      false,
      "2026-11-20T22:00:00Z",
    ],
    ["on no day at all", { days: [] }, "2026-11-20T23:00:00Z", "UTC", false, "2026-11-28T23:00:00Z"],
    ["switched off", { enabled: false }, "2026-11-20T23:00:00Z", "UTC", false, "2026-11-28T23:00:00Z"],
    [
      "a whole weekend",
      { from: "00:00", to: "00:00", days: [6, 7] },
      "2026-11-21T10:00:00Z",
      "UTC",
      true,
      "2026-11-23T00:00:00Z",
    ],
    // The clock goes back from 3:00 to 2:00 at 01:00Z: the night is an hour longer.
    ["in the night that is longer", {}, "2026-10-24T21:00:00Z", "Europe/Berlin", true, "2026-10-25T06:00:00Z"],
    [
      "until the second of two 2:30",
      { to: "02:30" },
      "2026-10-25T00:45:00Z",
      "Europe/Berlin",
      true,
      "2026-10-25T01:30:00Z",
    ],
    [
      "from the first of two 2:30",
      { from: "02:30", to: "05:00" },
      "2026-10-25T00:45:00Z",
      "Europe/Berlin",
      true,
      "2026-10-25T04:00:00Z",
    ],
    // The clock goes forward from 2:00 to 3:00 at 01:00Z.
    ["in the night that is shorter", {}, "2026-03-28T22:00:00Z", "Europe/Berlin", true, "2026-03-29T05:00:00Z"],
    [
      "until a 2:30 that does not come",
      { to: "02:30" },
      "2026-03-29T00:59:00Z",
      "Europe/Berlin",
      true,
      "2026-03-29T01:00:00Z",
    ],
    [
      "from a 2:30 that does not come",
      { from: "02:30", to: "05:00" },
      "2026-03-29T00:59:00Z",
      "Europe/Berlin",
      false,
      "2026-03-29T01:00:00Z",
    ],
  ])("%s", (_name, change, now, zone, isQuiet, until) => {
    const span = quietSpan({ ...night, ...change }, at(now), zone);
    expect([span.isQuiet, iso(span.until)]).toEqual([isQuiet, iso(at(until))]);
  });

  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
  const zones = fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Cairo",
  );
  const moments = fc
    .integer({ min: at("2026-01-01T00:00:00Z") / 1000, max: at("2027-12-31T00:00:00Z") / 1000 })
    .map((s) => s * 1000);

  it("holds for every moment until its end, and not for the one after it", () => {
    fc.assert(
      fc.property(
        time,
        time,
        fc.subarray(ALL_DAYS),
        zones,
        moments,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (from, to, days, zone, now, share) => {
          const hours = { ...night, from, to, days };
          const span = quietSpan(hours, now, zone);
          expect(span.until).toBeGreaterThan(now);
          const between = Math.floor(now + (span.until - now) * share);
          expect(quietSpan(hours, between, zone).isQuiet).toBe(span.isQuiet);
          // A week without an end is quiet on all days, round the clock, or never.
          const isEndless = span.until - now > 7 * 86_400_000;
          if (!isEndless) expect(quietSpan(hours, span.until, zone).isQuiet).toBe(!span.isQuiet);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("agrees with the clock on the wall where no clock is changed", () => {
    fc.assert(
      fc.property(time, time, fc.subarray(ALL_DAYS), moments, (from, to, days, now) => {
        const date = new Date(now);
        const wall = date.toISOString().slice(11, 16);
        const weekday = ((date.getUTCDay() + 6) % 7) + 1;
        const dayBefore = ((weekday + 5) % 7) + 1;
        const expected =
          from < to
            ? days.includes(weekday) && from <= wall && wall < to
            : (days.includes(weekday) && wall >= from) || (days.includes(dayBefore) && wall < to);
        expect(quietSpan({ ...night, from, to, days }, now, "UTC").isQuiet).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });
});

describe("nextMorning", () => {
  it.each([
    ["2026-11-20T12:00:00Z", "UTC", "2026-11-21T08:00:00Z"],
    ["2026-11-20T23:59:00Z", "UTC", "2026-11-21T08:00:00Z"],
    ["2026-11-21T03:00:00Z", "UTC", "2026-11-21T08:00:00Z"],
    ["2026-11-21T04:01:00Z", "UTC", "2026-11-22T08:00:00Z"],
    ["2026-11-20T12:00:00Z", "America/Los_Angeles", "2026-11-20T16:00:00Z"],
    ["2026-11-20T12:00:01Z", "America/Los_Angeles", "2026-11-21T16:00:00Z"],
    ["2026-10-24T12:00:00Z", "Europe/Berlin", "2026-10-25T07:00:00Z"],
  ])("after %s in %s is %s", (now, zone, expected) => {
    expect(iso(nextMorning(at(now), zone))).toBe(expected);
  });
});
