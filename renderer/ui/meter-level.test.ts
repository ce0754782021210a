import { describe, expect, it } from "vitest";
import type { Meter } from "../../app/quota/meter.ts";
import { type MeterLevel, meterLevel } from "./meter-level.ts";

const now = Date.UTC(2026, 0, 5);
const meter = (over: Partial<Meter>): Meter => ({
  id: "m",
  label: { text: "m" },
  unit: { kind: "requests" },
  limit: 100,
  used: 40,
  remaining: 60,
  window: { kind: "rolling", lengthMs: null, resetsAt: now + 1, resetBasis: "reported" },
  scope: "key",
  confidence: "reported",
  ...over,
});
const past: Meter["window"] = { kind: "rolling", lengthMs: null, resetsAt: now, resetBasis: "reported" };

describe("meterLevel", () => {
  it.each<[string, Partial<Meter>, boolean, MeterLevel]>([
    ["above the line", {}, false, "ok"],
    ["on the line", { remaining: 20 }, false, "low"],
    ["used up", { remaining: 0 }, false, "empty"],
    ["overdrawn", { remaining: -5 }, false, "empty"],
    ["not current", { remaining: 0 }, true, "idle"],
    ["past its reset", { remaining: 0, window: past }, false, "idle"],
    ["unlimited", { limit: "unlimited", remaining: "unlimited" }, false, "open"],
    ["not told", { remaining: "unknown" }, false, "open"],
    ["not told and not current", { limit: "unknown" }, true, "open"],
  ])("%s", (_what, over, dim, expected) => {
    expect(meterLevel(meter(over), 20, now, dim)).toBe(expected);
  });
});
