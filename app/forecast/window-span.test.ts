import { describe, expect, it } from "vitest";
import type { Window } from "../quota/meter.ts";
import { slides, windowStart } from "./window-span.ts";

const at = (text: string) => Date.parse(text);
const calendar = (period: "day" | "week" | "month", resetsAt: string, timeZone = "UTC"): Window => ({
  kind: "calendar",
  period,
  timeZone,
  resetsAt: at(resetsAt),
  resetBasis: "reported",
});
const rolling = (
  lengthMs: number | null,
  resetsAt: string | null,
  resetBasis: "reported" | "refill" = "reported",
): Window => ({
  kind: "rolling",
  lengthMs,
  resetsAt: resetsAt === null ? null : at(resetsAt),
  resetBasis,
});
const HOUR = 3_600_000;

describe("windowStart", () => {
  it.each<[string, Window, string | null]>([
    ["a day", calendar("day", "2026-11-21T00:00:00Z"), "2026-11-20T00:00:00Z"],
    ["a week", calendar("week", "2026-11-23T00:00:00Z"), "2026-11-16T00:00:00Z"],
    ["November", calendar("month", "2026-12-01T00:00:00Z"), "2026-11-01T00:00:00Z"],
    ["February", calendar("month", "2027-03-01T00:00:00Z"), "2027-02-01T00:00:00Z"],
    ["February of a leap year", calendar("month", "2028-03-01T00:00:00Z"), "2028-02-01T00:00:00Z"],
    ["December", calendar("month", "2027-01-01T00:00:00Z"), "2026-12-01T00:00:00Z"],
    ["a month east of Greenwich", calendar("month", "2026-02-28T15:00:00Z", "Asia/Tokyo"), "2026-01-31T15:00:00Z"],
    ["a month west of it", calendar("month", "2026-03-01T08:00:00Z", "America/Los_Angeles"), "2026-02-01T08:00:00Z"],
    ["five hours", rolling(5 * HOUR, "2026-11-20T17:00:00Z"), "2026-11-20T12:00:00Z"],
    ["no length", rolling(null, "2026-11-20T17:00:00Z"), null],
    ["a length of nothing", rolling(0, "2026-11-20T17:00:00Z"), null],
    ["no reset", rolling(5 * HOUR, null), null],
    ["a refill", rolling(HOUR, "2026-11-20T17:00:00Z", "refill"), null],
    ["a period", { kind: "period", resetsAt: at("2026-12-01T00:00:00Z"), resetBasis: "reported" }, null],
    ["a balance", { kind: "balance" }, null],
    ["a lifetime", { kind: "lifetime" }, null],
  ])("of %s", (_name, window, expected) => {
    const start = windowStart({ window });
    expect(start === null ? null : new Date(start).toISOString()).toBe(expected?.replace("Z", ".000Z") ?? null);
  });
});

describe("slides", () => {
  it.each<[Window, boolean]>([
    [rolling(5 * HOUR, "2026-11-20T17:00:00Z"), false],
    [rolling(5 * HOUR, null), true],
    [rolling(null, "2026-11-20T17:00:00Z", "refill"), true],
    [{ kind: "period", resetsAt: null, resetBasis: "reported" }, false],
    [{ kind: "balance" }, false],
  ])("%j: %j", (window, expected) => {
    expect(slides({ window })).toBe(expected);
  });
});
