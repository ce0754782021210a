import { describe, expect, it } from "vitest";
import { periodStart, windowOf } from "./period.ts";

const at = (text: string) => Date.parse(text);
const NOW = at("2026-11-20T12:00:00Z");
const DAY = 86_400_000;
const resets = (periodic_reset: string | null, next: string | null, days: number | "unknown" = "unknown") => ({
  periodic_reset,
  periodic_reset_days: days,
  next_usage_reset_at: next === null ? null : at(next),
});

describe("the window of a limit", () => {
  const NEXT = "2026-12-01T00:00:00Z";
  it.each([
    ["weekly", resets("weekly", NEXT), { kind: "rolling", lengthMs: 7 * DAY, resetsAt: at(NEXT) }],
    ["weekly without a time", resets("weekly", null), { kind: "rolling", lengthMs: 7 * DAY, resetsAt: null }],
    ["monthly", resets("monthly", NEXT), { kind: "calendar", period: "month", resetsAt: at(NEXT) }],
    ["monthly without a time", resets("monthly", null), { kind: "period", resetsAt: null }],
    ["every 10 days", resets(null, NEXT, 10), { kind: "rolling", lengthMs: 10 * DAY, resetsAt: at(NEXT) }],
    ["never", resets(null, null), { kind: "lifetime" }],
    ["of an unknown length", resets("yearly", NEXT), { kind: "period", resetsAt: at(NEXT) }],
    ["every 0 days", resets(null, NEXT, 0), { kind: "period", resetsAt: at(NEXT) }],
  ])("%s", (_, limit, window) => {
    expect(windowOf(limit)).toMatchObject(window);
  });
});

describe("the begin of the running period", () => {
  it.each([
    ["as told", resets("monthly", null), "2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"],
    ["a month before its end", resets("monthly", "2026-12-01T00:00:00Z"), null, "2026-11-01T00:00:00Z"],
    ["unknown where its end is more than a month away", resets("monthly", "2027-01-15T06:00:00Z"), null, null],
    ["a week before its end", resets("weekly", "2026-11-23T00:00:00Z"), null, "2026-11-16T00:00:00Z"],
    ["ten days before its end", resets(null, "2026-11-23T00:00:00Z", 10), null, "2026-11-13T00:00:00Z"],
    ["unknown without an end", resets("weekly", null), null, null],
    ["unknown where the month before has no such day", resets("monthly", "2026-11-30T00:00:00Z"), null, null],
    ["unknown where it never resets", resets(null, null), "2026-11-01T00:00:00Z", null],
    ["unknown where it is too long ago", resets("monthly", null), "2026-09-01T00:00:00Z", null],
    ["unknown where it lies in the future", resets("weekly", "2026-12-30T00:00:00Z"), null, null],
  ])("is %s", (_, limit, last, start) => {
    expect(periodStart(limit, last === null ? null : at(last), NOW)).toBe(start === null ? null : at(start));
  });
});
