import { describe, expect, it } from "vitest";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { createWords } from "../words.tsx";
import { ago, overviewOf } from "./freshness.ts";

const now = Date.UTC(2026, 0, 5, 12);
const { t, f } = createWords("en");

function source(over: Partial<SourceState>, left: number | "unlimited" = 60): SourceState {
  return {
    id: "s",
    kind: "neutral",
    label: "S",
    baseUrl: "https://llm.example.org",
    demo: false,
    muted: false,
    status: { state: "fresh" },
    reading: {
      meters: [
        {
          id: "m",
          label: { text: "m" },
          unit: { kind: "requests" },
          limit: left === "unlimited" ? left : 100,
          used: "unknown",
          remaining: left,
          window: { kind: "lifetime" },
          scope: "key",
          confidence: "reported",
        },
      ],
      account: null,
      notices: [],
    },
    fetchedAt: now - 60_000,
    polling: false,
    nextDueAt: null,
    dueReason: null,
    trace: [],
    linePercent: 20,
    ...over,
  };
}

describe("ago", () => {
  it.each([
    [0, "just now"],
    [59_999, "just now"],
    [-5_000, "just now"],
    [60_000, "1 min ago"],
    [3 * 3_600_000, "3 hr ago"],
  ])("%i ms", (age, expected) => {
    expect(ago(now - age, now, f, t)).toBe(expected);
  });
});

describe("overviewOf", () => {
  it("counts what is low, used up or in trouble, and not what is paused", () => {
    const trouble = source({ status: { state: "needs-key", reason: "not-saved", detail: null }, reading: null });
    const paused = source({ status: { state: "paused" } }, 0);
    expect(overviewOf([source({}), source({}, 0), source({}, 20), trouble, paused], now).attention).toBe(3);
  });

  it("is as old as the oldest figure that counts as current", () => {
    const stale = source({ status: { state: "awaiting-reset", since: now }, fetchedAt: now - 9_000_000 });
    expect(overviewOf([source({}), source({ fetchedAt: now - 120_000 }), stale], now).oldest).toBe(now - 120_000);
    expect(overviewOf([stale], now).oldest).toBeNull();
  });

  it("has nothing to say about lines where nothing is measured", () => {
    expect(overviewOf([source({}, "unlimited")], now)).toMatchObject({ attention: 0, measured: false, polling: false });
    expect(overviewOf([source({}), source({ polling: true })], now)).toMatchObject({ measured: true, polling: true });
  });
});
