import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromMicros, subtract, toMicros } from "./amount.ts";
import { nextUtcReset } from "./calendar.ts";
import { isPastReset, type Meter, percentRemaining } from "./meter.ts";

const tokens = (limit: Meter["limit"], remaining: Meter["remaining"]) =>
  ({ unit: { kind: "tokens" }, limit, remaining }) as const;

describe("percentRemaining", () => {
  it.each([
    ["half left", tokens(100, 50), 50],
    ["overdrawn", tokens(100, -25), -25],
    ["more than the limit", tokens(100, 150), 150],
    ["unlimited", tokens("unlimited", "unlimited"), "unlimited"],
    ["limit not told", tokens("unknown", 5), "unknown"],
    ["remaining not told", tokens(100, "unknown"), "unknown"],
    ["a limit of nothing is used up", tokens(0, 0), 0],
    ["a limit of nothing with something left makes no sense", tokens(0, 5), "unknown"],
    ["percent alone", { unit: { kind: "percent" }, limit: "unknown", remaining: 12.5 } as const, 12.5],
  ])("%s", (_name, meter, expected) => {
    expect(percentRemaining(meter)).toBe(expected);
  });
});

describe("money", () => {
  it("never turns what is not told into 0", () => {
    expect(subtract("unknown", 5)).toBe("unknown");
    expect(subtract(5, "unknown")).toBe("unknown");
    expect(subtract("unlimited", 5)).toBe("unlimited");
    expect(subtract(5, 7)).toBe(-2);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e308, -1e308, 9_007_199_255])(
    "refuses %d, which is not exact",
    (value) => {
      expect(toMicros(value)).toBeNull();
    },
  );

  it("keeps every amount of whole cents up to a billion exact, there and back", () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000_000_000, max: 100_000_000_000 }), (cents) => {
        const micros = toMicros(cents / 100);
        expect(micros).toBe(cents === 0 ? 0 : cents * 10_000);
        expect(fromMicros(micros ?? Number.NaN)).toBe(cents === 0 ? 0 : cents / 100);
      }),
    );
  });
});

describe("nextUtcReset", () => {
  const at = (text: string) => Date.parse(text);
  it.each([
    ["day", "2026-11-20T19:00:00Z", "2026-11-21T00:00:00Z"],
    ["day", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"],
    ["week", "2026-11-20T19:00:00Z", "2026-11-23T00:00:00Z"],
    // On the boundary itself the new window has begun.
    ["week", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"],
    ["week", "2026-11-22T23:59:59Z", "2026-11-23T00:00:00Z"],
    ["month", "2026-11-20T19:00:00Z", "2026-12-01T00:00:00Z"],
    ["month", "2027-01-31T12:00:00Z", "2027-02-01T00:00:00Z"],
    ["month", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"],
  ] as const)("%s after %s is %s", (period, now, expected) => {
    expect(new Date(nextUtcReset(period, at(now))).toISOString()).toBe(new Date(at(expected)).toISOString());
  });

  it("always lies ahead, at a UTC midnight", () => {
    fc.assert(
      fc.property(fc.constantFrom("day", "week", "month"), fc.integer({ min: 0, max: 4e12 }), (period, now) => {
        const next = nextUtcReset(period, now);
        expect(next).toBeGreaterThan(now);
        expect(next % 86_400_000).toBe(0);
        expect(next - now).toBeLessThanOrEqual({ day: 1, week: 7, month: 31 }[period] * 86_400_000);
      }),
    );
  });
});

describe("isPastReset", () => {
  it("holds from the reset on, and never for a balance", () => {
    const window = { kind: "period", resetsAt: 1000, resetBasis: "reported" } as const;
    expect(isPastReset({ window }, 999)).toBe(false);
    expect(isPastReset({ window }, 1000)).toBe(true);
    expect(isPastReset({ window: { kind: "balance" } }, 1e15)).toBe(false);
    expect(isPastReset({ window: { ...window, resetsAt: null } }, 1e15)).toBe(false);
    // A limit of seconds refills by itself: its figures are never "awaiting reset".
    const refill = { kind: "rolling", lengthMs: 1000, resetsAt: 1000, resetBasis: "refill" } as const;
    expect(isPastReset({ window: refill }, 1e15)).toBe(false);
  });
});
