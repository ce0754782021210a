import { describe, expect, test } from "vitest";
import { markBetween, marksFor } from "./marks.ts";
import type { WindowKind } from "./sample.ts";
import type { HistoryMark } from "./series.ts";
import type { Span } from "./span.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const T = Date.UTC(2026, 10, 20, 12);

const before: Span = { at: T - HOUR, until: T, remaining: 200, used: 800, limit: 1000, resetsAt: T + 2 * MINUTE };
const later = (change: Partial<Span>): Span => ({ ...before, at: T + 5 * MINUTE, until: T + 5 * MINUTE, ...change });
const full = { remaining: 1000, used: 0 };

describe("resets", () => {
  test.each<[string, Partial<Span>, Partial<Span>, WindowKind, HistoryMark | null]>([
    [
      "stand where the window said that it would end",
      {},
      { ...full, resetsAt: T + 5 * HOUR },
      "rolling",
      { at: T + 2 * MINUTE, type: "reset", gained: 800 },
    ],
    [
      "stand at the reading, where the window ended while nothing was known",
      { resetsAt: T - 10 * MINUTE },
      { ...full, resetsAt: T + 5 * HOUR },
      "rolling",
      { at: T, type: "reset", gained: 800 },
    ],
    [
      "come, though all is used up again by then",
      {},
      { remaining: 200, used: 800, resetsAt: T + 5 * HOUR },
      "rolling",
      { at: T + 2 * MINUTE, type: "reset", gained: 0 },
    ],
    [
      "come where nothing is told but their time",
      { remaining: null, used: null },
      { remaining: null, used: null, resetsAt: T + 5 * HOUR },
      "calendar",
      { at: T + 2 * MINUTE, type: "reset", gained: null },
    ],
    [
      "come early, as a favour",
      { resetsAt: T + 3 * HOUR },
      { ...full, resetsAt: T + 8 * HOUR },
      "rolling",
      { at: T + 5 * MINUTE, type: "reset", gained: 800 },
    ],
    ["are none where the time jitters", {}, { remaining: 190, used: 810, resetsAt: T + 4 * MINUTE }, "rolling", null],
    [
      "are none where only the end moves",
      { resetsAt: T + HOUR },
      { remaining: 190, resetsAt: T + 9 * HOUR },
      "period",
      null,
    ],
    [
      "are none of a window that nobody has begun",
      { resetsAt: T + 5 * HOUR },
      { resetsAt: T + 5 * HOUR + 5 * MINUTE },
      "rolling",
      null,
    ],
    [
      "are seen without a time, where most comes back at once",
      { resetsAt: null },
      { ...full, resetsAt: null },
      "period",
      { at: T + 5 * MINUTE, type: "reset", gained: 800 },
    ],
    [
      "are seen by what is used alone",
      { resetsAt: null, remaining: null, limit: null },
      { resetsAt: null, remaining: null, limit: null, used: 3 },
      "calendar",
      { at: T + 5 * MINUTE, type: "reset", gained: null },
    ],
    [
      "are not what a sliding window gives back",
      { resetsAt: null },
      { resetsAt: null, remaining: 300, used: 700 },
      "rolling",
      null,
    ],
    ["are not what a refilling limit does", { resetsAt: null }, { ...full, resetsAt: null }, "refill", null],
    [
      "are not what a balance has",
      { resetsAt: null },
      { ...full, resetsAt: null },
      "balance",
      { at: T + 5 * MINUTE, type: "top-up", gained: 800 },
    ],
  ])("%s", (_, first, second, windowKind, mark) => {
    expect(markBetween({ ...before, ...first }, later(second), windowKind)).toEqual(mark);
  });
});

describe("top-ups", () => {
  const balance: Partial<Span> = { remaining: 5_000_000, used: null, limit: null, resetsAt: null };
  test.each<[string, Partial<Span>, Partial<Span>, WindowKind, number | null]>([
    ["of a balance", balance, { ...balance, remaining: 15_000_000 }, "balance", 10_000_000],
    ["of one that was overdrawn", { ...balance, remaining: -100 }, { ...balance, remaining: 1 }, "balance", 101],
    ["not a refund of a fraction", balance, { ...balance, remaining: 5_040_000 }, "balance", null],
    ["of what was ever bought", { ...balance, limit: 5 }, { ...balance, limit: 6, remaining: 5_000_001 }, "balance", 1],
    [
      "of a key's lifetime",
      { ...before, resetsAt: null },
      { resetsAt: null, limit: 2000, remaining: 1200 },
      "lifetime",
      1000,
    ],
    [
      "of a window, by more limit",
      { resetsAt: T + HOUR },
      { resetsAt: T + HOUR, limit: 2000, remaining: 1200 },
      "calendar",
      1000,
    ],
    [
      "not a correction within a window",
      { resetsAt: T + HOUR },
      { resetsAt: T + HOUR, remaining: 260, used: 740 },
      "calendar",
      null,
    ],
    ["not mere use", balance, { ...balance, remaining: 4_000_000 }, "balance", null],
    ["not what was not known before", { ...balance, remaining: null }, balance, "balance", null],
  ])("%s", (_, first, second, windowKind, gained) => {
    const mark = markBetween({ ...before, ...first }, later(second), windowKind);
    expect(mark).toEqual(gained === null ? null : { at: T + 5 * MINUTE, type: "top-up", gained });
  });
});

describe("in a view of coarser steps", () => {
  const every = (hours: number, count: number): HistoryMark[] =>
    Array.from({ length: count }, (_, index) => ({ at: T + index * hours * HOUR, type: "reset", gained: 1 }));
  const paid: HistoryMark = { at: T, type: "top-up", gained: 5 };

  test.each([
    ["raw", 5, 20, 20],
    ["hour", 5, 20, 20],
    ["four-hours", 5, 20, 20],
    ["day", 5, 20, 0],
    ["day", 24, 20, 20],
  ] as const)("%s: resets each %i hours", (resolution, hours, count, shown) => {
    const marks = marksFor([paid, ...every(hours, count)], resolution);
    expect(marks[0]).toEqual(paid);
    expect(marks.length - 1).toBe(shown);
  });
});
