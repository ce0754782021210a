import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gapLimit } from "./gap.ts";
import { nextSpan, RESET_TOLERANCE_MS, type Span } from "./span.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const GAP = gapLimit(5 * MINUTE);
const T = Date.UTC(2026, 10, 20, 12);
const RESET = T + 3 * HOUR;

const span: Span = { at: T, until: T + 5 * MINUTE, remaining: 900, used: 100, limit: 1000, resetsAt: RESET };
const same = { at: T + 10 * MINUTE, remaining: 900, used: 100, limit: 1000, resetsAt: RESET };

describe("what goes on as it was", () => {
  test.each<[string, { readonly at?: number; readonly resetsAt?: number | null }]>([
    ["the same figures", {}],
    ["a reset that jitters back", { resetsAt: RESET - RESET_TOLERANCE_MS }],
    ["a reset that jitters on", { resetsAt: RESET + RESET_TOLERANCE_MS }],
    ["a reset that moves with the clock, as of a window that nobody has begun", { resetsAt: RESET + 5 * MINUTE }],
    ["a reset that was left out", { resetsAt: null }],
    ["just within a gap", { at: span.until + GAP }],
  ])("%s", (_, change) => {
    const sample = { ...same, ...change };
    expect(nextSpan(span, sample, GAP)).toEqual({
      type: "same",
      span: { ...span, until: sample.at, resetsAt: sample.resetsAt ?? RESET },
    });
  });
});

describe("what begins anew", () => {
  test.each<[string, Partial<Record<keyof typeof same, number | null>>]>([
    ["less is left", { remaining: 899 }],
    ["what is left is not told any more", { remaining: null }],
    ["more is used", { used: 101 }],
    ["another limit", { limit: 1001 }],
    ["another window, though nothing was used", { resetsAt: RESET + 5 * HOUR }],
    ["a window that ends much sooner", { resetsAt: RESET - RESET_TOLERANCE_MS - 1 }],
    ["a silence that was too long", { at: span.until + GAP + 1 }],
    ["a clock that was set back", { at: span.until - 1 }],
  ])("%s", (_, change) => {
    const sample = { ...same, ...change, at: change.at ?? same.at };
    expect(nextSpan(span, sample, GAP)).toEqual({ type: "changed", span: { ...sample, until: sample.at } });
  });

  test("the first sample of all", () => {
    expect(nextSpan(null, same, GAP)).toEqual({ type: "changed", span: { ...same, until: same.at } });
  });
});

test("a slowly polled source has no gap because of that", () => {
  const slow = gapLimit(6 * HOUR);
  expect(nextSpan(span, { ...same, at: span.until + 54 * HOUR, resetsAt: null }, slow).type).toBe("same");
  expect(nextSpan(span, { ...same, at: span.until + 55 * HOUR, resetsAt: null }, slow).type).toBe("changed");
});

test("whatever is read, each reading lies in a span that says what it said, and unchanged ones make none of their own", () => {
  const readings = fc.array(
    fc.record({ wait: fc.integer({ min: 1, max: 2 * HOUR }), remaining: fc.constantFrom(null, 1, 2) }),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(readings, (list) => {
      let at = T;
      let last: Span | null = null;
      const spans: Span[] = [];
      const samples = list.map(({ wait, remaining }) => {
        at += wait;
        return { at, remaining, used: null, limit: null, resetsAt: null };
      });
      for (const sample of samples) {
        const step: ReturnType<typeof nextSpan> = nextSpan(last, sample, GAP);
        if (step.type === "same") spans.pop();
        spans.push(step.span);
        last = step.span;
      }
      for (const sample of samples) {
        const holding = spans.filter((one) => one.at <= sample.at && sample.at <= one.until);
        expect(holding.map(({ remaining }) => remaining)).toEqual([sample.remaining]);
      }
      for (const [index, one] of spans.entries()) {
        const before = spans[index - 1];
        if (before === undefined) continue;
        expect(before.until).toBeLessThan(one.at);
        expect(before.remaining !== one.remaining || one.at - before.until > GAP).toBe(true);
      }
    }),
  );
});
