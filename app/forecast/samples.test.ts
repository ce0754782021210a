import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Meter } from "../quota/meter.ts";
import { addSample, firstOfWindow, isUnexplained, MOST_SAMPLES, type Sample, seedSamples } from "./samples.ts";

const START = Date.parse("2026-11-20T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const RESET = START + 5 * HOUR;

const meter = (change: Partial<Meter> & Pick<Meter, "remaining">, resetsAt: number | null = RESET): Meter => ({
  id: "tokens",
  label: { key: "meter.tokens" },
  unit: { kind: "tokens" },
  limit: 100,
  used: "unknown",
  window: resetsAt === null ? { kind: "balance" } : { kind: "period", resetsAt, resetBasis: "reported" },
  scope: "key",
  confidence: "reported",
  ...change,
});

/** What was left, after so many minutes; with its reset where that is not five hours after the start, and its limit. */
type Told = readonly [minutes: number, remaining: number, resetsAt?: number | null, limit?: number];

const follow = (told: readonly Told[]): readonly Sample[] =>
  told.reduce<readonly Sample[]>(
    (samples, [minutes, remaining, resetsAt = RESET, limit = 100]) =>
      addSample(samples, meter({ remaining, limit }, resetsAt), START + minutes * MINUTE),
    [],
  );

const burnt = (told: readonly Told[]) => follow(told).map((sample) => sample.burnt);

describe("what has been used", () => {
  it.each<[string, readonly Told[], number[]]>([
    [
      "falls",
      [
        [0, 50],
        [5, 40],
        [10, 40],
        [15, 31],
      ],
      [0, 10, 10, 19],
    ],
    [
      "a reset in between",
      [
        [0, 20],
        [299, 5],
        [301, 100, RESET + 5 * HOUR],
        [306, 90, RESET + 5 * HOUR],
      ],
      [0, 15, 15, 25],
    ],
    [
      "a reset, and then more used than before it",
      [
        [0, 20],
        [299, 15],
        [305, 10, RESET + 5 * HOUR],
      ],
      [0, 5, 5],
    ],
    [
      "a reset that came early",
      [
        [0, 20],
        [5, 10],
        [10, 100, RESET + 2 * HOUR],
      ],
      [0, 10, 10],
    ],
    [
      "reset times that jitter",
      [
        [0, 20, RESET + 90_000],
        [5, 15, RESET - 80_000],
        [10, 10, RESET + 70_000],
      ],
      [0, 5, 10],
    ],
    [
      "a reset where none is told",
      [
        [0, 20, null],
        [5, 10, null],
        [10, 100, null],
        [15, 95, null],
      ],
      [0, 10, 10, 15],
    ],
    [
      "a top-up",
      [
        [0, 20, null],
        [60, 10, null],
        [65, 60, null],
        [70, 55, null],
      ],
      [0, 10, 10, 15],
    ],
    [
      "a rise after a reset that was missed",
      [
        [0, 50],
        [295, 50],
        [303, 20, RESET + 5 * HOUR],
        [306, 30, RESET + 5 * HOUR],
      ],
      [0, 0, 0, 0],
    ],
    [
      "a limit that was raised",
      [
        [0, 20],
        [5, 15],
        [10, 60, RESET, 150],
      ],
      [0, 5, 10],
    ],
    [
      "a limit that was lowered",
      [
        [0, 60],
        [5, 50],
        [10, 8, RESET, 60],
      ],
      [0, 10, 12],
    ],
    [
      "replicas of two minds",
      [
        [0, 50],
        [1, 48],
        [2, 50],
        [3, 48],
        [4, 50],
        [5, 48],
      ],
      [0, 2, 0, 2, 0, 2],
    ],
  ])("%s", (_name, told, expected) => {
    expect(burnt(told)).toEqual(expected);
  });

  it("is told of none of it where a figure rose: something may have been used in between", () => {
    const samples = follow([
      [0, 20, null],
      [60, 10, null],
      [65, 60, null],
    ]);
    expect(samples.slice(1).map((sample, index) => isUnexplained(samples[index] ?? sample, sample))).toEqual([
      false,
      true,
    ]);
  });

  it("never falls but by a correction, and never counts a reset, whatever is told", () => {
    const told = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 100 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(told, (steps) => {
        let at = START;
        let samples: readonly Sample[] = [];
        let fallen = 0;
        let last: number | null = null;
        for (const [minutes, remaining] of steps) {
          at += minutes * MINUTE;
          const resetsAt = at - (at % (5 * HOUR)) + 5 * HOUR;
          samples = addSample(samples, meter({ remaining }, resetsAt), at);
          if (last !== null) fallen += Math.max(0, last - remaining);
          last = remaining;
        }
        const used = samples.map((sample) => sample.burnt);
        expect(used.every((amount) => amount >= 0 && amount <= fallen)).toBe(true);
      }),
    );
  });
});

describe("addSample", () => {
  it.each<[string, Meter]>([
    ["an unknown amount", meter({ remaining: "unknown" })],
    ["an unlimited one", meter({ remaining: "unlimited" })],
    ["a figure from before its reset", meter({ remaining: 40 }, START + MINUTE)],
    [
      "a limit that refills all the time",
      meter({ remaining: 40, window: { kind: "rolling", lengthMs: null, resetsAt: RESET, resetBasis: "refill" } }),
    ],
  ])("leaves the samples as they are on %s", (_name, told) => {
    const samples = follow([[0, 50]]);
    expect(addSample(samples, told, START + 5 * MINUTE)).toBe(samples);
  });

  it("drops what a clock that was ahead had told, and keeps the rest", () => {
    const samples = follow([
      [0, 50],
      [5, 45],
      [600, 44, null],
      [10, 40],
    ]);
    expect(samples.map(({ at, remaining }) => [(at - START) / MINUTE, remaining])).toEqual([
      [0, 50],
      [5, 45],
      [10, 40],
    ]);
  });

  it("takes percent for what they are where no limit is told", () => {
    const [sample] = addSample([], meter({ remaining: 40, limit: "unknown", unit: { kind: "percent" } }), START);
    expect(sample?.limit).toBe(100);
  });
});

describe("what is kept", () => {
  /** A balance that falls by one each minute, read every five. */
  const long = (days: number): readonly Sample[] => {
    let samples: readonly Sample[] = [];
    for (let at = 0; at <= days * DAY; at += 5 * MINUTE) {
      samples = addSample(samples, meter({ remaining: 1e6 - at / MINUTE }, null), START + at);
    }
    return samples;
  };

  it("is bounded, thinner the older it is, and loses nothing of what was used", () => {
    const samples = long(10);
    const last = samples.at(-1)?.at ?? 0;
    expect(samples.length).toBeLessThanOrEqual(MOST_SAMPLES);
    const spacings = samples.slice(1).map(({ at }, index) => at - (samples[index]?.at ?? 0));
    expect(Math.max(...spacings)).toBeLessThanOrEqual(4 * HOUR);
    expect(spacings.slice(-5)).toEqual(Array.from({ length: 5 }, () => 5 * MINUTE));
    for (const { at, burnt: used } of samples) {
      expect(used - (samples[0]?.burnt ?? 0)).toBe((at - (samples[0]?.at ?? 0)) / MINUTE);
    }
    expect(last - (samples[0]?.at ?? 0)).toBeGreaterThan(7 * DAY);
  });

  it("goes back two weeks and no farther", () => {
    const samples = long(25);
    expect((samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0)).toBeLessThanOrEqual(15 * DAY);
  });

  it("keeps top-ups apart from use, however old", () => {
    let samples: readonly Sample[] = [];
    let left = 1000;
    for (let poll = 0; poll < 2000; poll += 1) {
      left = left <= 400 ? 1000 : left - 3;
      samples = addSample(samples, meter({ remaining: left }, null), START + poll * 10 * MINUTE);
    }
    const [first, last] = [samples[0], samples.at(-1)];
    const polls = ((last?.at ?? 0) - (first?.at ?? 0)) / (10 * MINUTE);
    const perPoll = ((last?.burnt ?? 0) - (first?.burnt ?? 0)) / polls;
    expect(perPoll).toBeGreaterThan(2.9);
    expect(perPoll).toBeLessThanOrEqual(3);
  });
});

describe("seedSamples", () => {
  it("gives what the readings themselves would have given, in whatever order they are stored", () => {
    const told: Told[] = [
      [0, 50],
      [5, 40],
      [299, 31],
      [301, 100, RESET + 5 * HOUR],
      [306, 90, RESET + 5 * HOUR],
    ];
    const stored = told.map(([minutes, remaining, resetsAt = RESET]) => ({
      at: START + minutes * MINUTE,
      remaining,
      limit: 100,
      resetsAt,
    }));
    expect(seedSamples(stored.toReversed())).toEqual(follow(told));
  });

  it("passes over what was not told, and what was old when it was stored", () => {
    const at = START;
    expect(
      seedSamples([
        { at, remaining: null, limit: 100, resetsAt: RESET },
        { at: at + MINUTE, remaining: 40, limit: 100, resetsAt: at },
      ]),
    ).toEqual([]);
  });
});

describe("firstOfWindow", () => {
  it.each<[string, readonly Told[], number | null]>([
    ["nothing", [], null],
    [
      "one window",
      [
        [0, 50],
        [5, 40],
      ],
      0,
    ],
    [
      "two windows",
      [
        [0, 50],
        [299, 40],
        [301, 100, RESET + 5 * HOUR],
        [306, 90, RESET + 5 * HOUR],
      ],
      301,
    ],
    [
      "a top-up of a balance",
      [
        [0, 50, null],
        [5, 40, null],
        [10, 90, null],
      ],
      0,
    ],
  ])("of %s", (_name, told, minutes) => {
    const first = firstOfWindow(follow(told));
    expect(first === undefined ? null : (first.at - START) / MINUTE).toBe(minutes);
  });
});
