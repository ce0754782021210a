import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { durationId, windowAt } from "./reset.ts";

const at = (text: string) => Date.parse(text);
/** A Friday. */
const NOW = at("2026-11-20T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("a window that is not aligned to the calendar", () => {
  it.each([
    ["30s", 30_000],
    ["1m", MINUTE],
    ["1h", HOUR],
    ["1d", DAY],
    ["1w", 7 * DAY],
    ["1M", 30 * DAY],
    ["2M", 60 * DAY],
    ["1Q", 90 * DAY],
    ["1Y", 365 * DAY],
  ])("%s lasts as long as Bifrost counts", (duration, lengthMs) => {
    const lastReset = NOW - 1000;
    expect(windowAt({ duration, lastReset, calendarAligned: false }, NOW)).toEqual({
      kind: "rolling",
      lengthMs,
      resetsAt: lastReset + lengthMs,
      resetBasis: "derived",
    });
  });

  it("takes a month from 31 January for 30 days, which end in March", () => {
    const rule = { duration: "1M", lastReset: at("2027-01-31T08:00:00Z"), calendarAligned: false };
    expect(windowAt(rule, at("2027-02-10T00:00:00Z"))).toMatchObject({ resetsAt: at("2027-03-02T08:00:00Z") });
  });

  it.each([
    ["a reset that is not told", "1h", null],
    ["one that is over", "1h", NOW - 2 * HOUR],
    ["one that is over right now", "1h", NOW - HOUR],
  ])("does not know the next reset after %s", (_, duration, lastReset) => {
    expect(windowAt({ duration, lastReset, calendarAligned: false }, NOW)).toMatchObject({ resetsAt: null });
  });
});

describe("a window aligned to the calendar", () => {
  it.each([
    ["1d", "2026-11-20T12:00:00Z", "2026-11-21T00:00:00Z"],
    ["7d", "2026-11-20T12:00:00Z", "2026-11-21T00:00:00Z"],
    ["1w", "2026-11-20T12:00:00Z", "2026-11-23T00:00:00Z"],
    ["1M", "2026-11-20T12:00:00Z", "2026-12-01T00:00:00Z"],
    ["1M", "2027-01-31T23:59:59Z", "2027-02-01T00:00:00Z"],
    ["1M", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"],
    ["1M", "2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z"],
    ["1Q", "2026-11-20T12:00:00Z", "2027-01-01T00:00:00Z"],
    ["1Y", "2026-11-20T12:00:00Z", "2027-01-01T00:00:00Z"],
  ])("of %s at %s resets at %s", (duration, now, resetsAt) => {
    const rule = { duration, lastReset: null, calendarAligned: true };
    expect(windowAt(rule, at(now))).toMatchObject({ resetsAt: at(resetsAt), resetBasis: "derived" });
  });

  it.each([
    [11, "2027-01-05T00:00:00Z", "2027-02-01T00:00:00Z"],
    [4, "2027-02-05T00:00:00Z", "2027-04-01T00:00:00Z"],
    [2, "2026-11-20T00:00:00Z", "2027-02-01T00:00:00Z"],
  ])("counts quarters from month %i on", (quarterStartMonth, now, resetsAt) => {
    const rule = { duration: "1Q", lastReset: null, calendarAligned: true, quarterStartMonth };
    expect(windowAt(rule, at(now))).toMatchObject({ resetsAt: at(resetsAt) });
  });

  it("does not exist for hours, which roll", () => {
    const rule = { duration: "1h", lastReset: NOW - MINUTE, calendarAligned: true };
    expect(windowAt(rule, NOW)).toMatchObject({ kind: "rolling", resetsAt: NOW + HOUR - MINUTE });
  });
});

it("keeps minutes and months apart, also where case does not count", () => {
  expect(durationId("1m")?.toLowerCase()).not.toBe(durationId("1M")?.toLowerCase());
});

it.each([[null], [""], ["M"], ["0d"], ["-1d"], ["1.5h"], ["1x"], ["1mo"], ["1 d"], ["monthly"]])(
  "takes %j for a period of unknown length",
  (duration) => {
    const window = windowAt({ duration, lastReset: NOW, calendarAligned: true }, NOW);
    expect(window).toEqual({ kind: "period", resetsAt: null, resetBasis: "derived" });
    expect(durationId(duration)).toBeNull();
  },
);

it("always finds a reset in the future, or none", () => {
  const durations = fc
    .tuple(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom(..."smhdwMQY"))
    .map((parts) => parts.join(""));
  const times = fc.integer({ min: at("2020-01-01T00:00:00Z"), max: at("2099-01-01T00:00:00Z") });
  const months = fc.option(fc.integer({ min: -5, max: 20 }));
  fc.assert(
    fc.property(
      durations,
      times,
      fc.option(times),
      fc.boolean(),
      months,
      (duration, now, lastReset, calendarAligned, quarterStartMonth) => {
        const window = windowAt({ duration, lastReset, calendarAligned, quarterStartMonth }, now);
        if (!("resetsAt" in window)) throw new Error("a window without reset");
        expect(window.resetsAt === null || window.resetsAt > now).toBe(true);
        // What a date can hold.
        expect(new Date(window.resetsAt ?? 0).getTime()).not.toBeNaN();
      },
    ),
  );
});
