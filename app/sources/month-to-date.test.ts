import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { monthToDate } from "./month-to-date.ts";

describe("the month to date", () => {
  it.each([
    ["2026-11-20T12:00:00Z", "2026-11-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z"],
    ["2026-12-31T23:59:59Z", "2026-12-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
    ["2028-02-01T00:00:00Z", "2028-02-01T00:00:00.000Z", "2028-03-01T00:00:00.000Z"],
  ])("at %s is from %s to %s", (now, start, end) => {
    const { startedAt, window } = monthToDate(Date.parse(now));
    expect(new Date(startedAt).toISOString()).toBe(start);
    expect(window).toEqual({
      kind: "calendar",
      period: "month",
      timeZone: "UTC",
      resetsAt: Date.parse(end),
      resetBasis: "derived",
    });
  });

  it("holds now, and fits on a report of 31 days", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("2200-01-01"), noInvalidDate: true }), (date) => {
        const { startedAt, window } = monthToDate(date.getTime());
        const end = window.kind === "calendar" ? window.resetsAt : Number.NaN;
        expect(startedAt <= date.getTime() && date.getTime() < end).toBe(true);
        expect((end - startedAt) / 86_400_000).toBeLessThanOrEqual(31);
      }),
    );
  });
});
