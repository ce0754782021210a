import { describe, expect, test } from "vitest";
import type { Meter, Window } from "../quota/meter.ts";
import { sampleOf, seriesOf } from "./sample.ts";
import { unitCode, unitOfCode } from "./unit-code.ts";

const RESET = Date.UTC(2026, 11, 1);
const meter: Meter = {
  id: "cost",
  label: { key: "meter.cost" },
  unit: { kind: "money", currency: "USD" },
  limit: 40_000_000,
  used: "unknown",
  remaining: 28_250_000,
  window: { kind: "calendar", period: "month", timeZone: "UTC", resetsAt: RESET, resetBasis: "reported" },
  scope: "key",
  confidence: "reported",
};

describe("a sample", () => {
  test("holds what the meter tells, and null for what it does not", () => {
    expect(sampleOf("s1", meter, 7)).toEqual({
      sourceId: "s1",
      meterId: "cost",
      at: 7,
      remaining: 28_250_000,
      used: null,
      limit: 40_000_000,
      resetsAt: RESET,
    });
  });

  test.each(["unknown", "unlimited", Number.NaN, Number.POSITIVE_INFINITY] as const)(
    "%s is never a figure",
    (amount) => {
      const sample = sampleOf("s1", { ...meter, remaining: amount, limit: amount, used: amount }, 7);
      expect([sample.remaining, sample.limit, sample.used]).toEqual([null, null, null]);
    },
  );
});

describe("a series", () => {
  test.each<[Window, string, number | null]>([
    [meter.window, "calendar", RESET],
    [{ kind: "balance" }, "balance", null],
    [{ kind: "lifetime" }, "lifetime", null],
    [{ kind: "rolling", lengthMs: 60_000, resetsAt: RESET, resetBasis: "refill" }, "refill", null],
    [{ kind: "rolling", lengthMs: 60_000, resetsAt: RESET, resetBasis: "reported" }, "rolling", RESET],
    [{ kind: "period", resetsAt: null, resetBasis: "reported" }, "period", null],
  ])("knows what its window means for what it counts: %j", (window, windowKind, resetsAt) => {
    const source = { id: "s1", label: "Team gateway", intervalMs: 300_000 };
    expect(seriesOf(source, { ...meter, window })).toEqual({
      sourceId: "s1",
      sourceLabel: "Team gateway",
      meterId: "cost",
      label: meter.label,
      unit: meter.unit,
      windowKind,
      intervalMs: 300_000,
    });
    expect(sampleOf("s1", { ...meter, window }, 7).resetsAt).toBe(resetsAt);
  });
});

test.each([{ kind: "tokens" }, { kind: "percent" }, { kind: "money", currency: "EUR" }] as const)(
  "the unit %j is one word and back",
  (unit) => expect(unitOfCode(unitCode(unit))).toEqual(unit),
);

test.each(["", "money", "money:eur", "money:EUR:x", "tokens:EUR", "acorns"])("%j is no unit", (code) =>
  expect(unitOfCode(code)).toBeNull(),
);
