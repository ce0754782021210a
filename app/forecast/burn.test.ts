import { describe, expect, it } from "vitest";
import { burnOf, type Stretch } from "./burn.ts";
import { type Sample, seedSamples } from "./samples.ts";

const MINUTE = 60_000;
const START = Date.parse("2026-11-20T12:00:00Z");
const RESET = START + 300 * MINUTE;

/** Samples of what was left after so many minutes; of a window that ends after 300. */
const read = (...told: readonly (readonly [minutes: number, remaining: number])[]): readonly Sample[] =>
  seedSamples(
    told.map(([minutes, remaining]) => ({
      at: START + minutes * MINUTE,
      remaining,
      limit: 100,
      resetsAt: RESET + Math.floor(minutes / 300) * 300 * MINUTE,
    })),
  );

const inMinutes = (samples: readonly Sample[], earlier: Stretch | null = null) => {
  const { stretches, knownUntil, step } = burnOf(samples, earlier);
  return {
    stretches: stretches.map(({ from, to, used }) => [(from - START) / MINUTE, (to - START) / MINUTE, used]),
    knownUntil: (knownUntil - START) / MINUTE,
    step: step / MINUTE,
  };
};

describe("burnOf", () => {
  it.each<[string, readonly Sample[], readonly (readonly number[])[], number]>([
    [
      "each fall follows another",
      read([0, 50], [5, 48], [10, 45]),
      [
        [0, 5, 2],
        [5, 10, 3],
      ],
      10,
    ],
    ["nothing moves", read([0, 50], [5, 50], [30, 50]), [[0, 30, 0]], 30],
    // Two falls, twenty minutes apart: what came at 25 was used in the twenty minutes before.
    [
      "it comes in steps",
      read([0, 50], [5, 46], [15, 46], [20, 46], [25, 40]),
      [
        [0, 5, 4],
        [5, 25, 6],
      ],
      25,
    ],
    [
      "a step is still to come",
      read([0, 50], [5, 46], [20, 46], [25, 40], [30, 40], [40, 40]),
      [
        [0, 5, 4],
        [5, 25, 6],
      ],
      25,
    ],
    [
      "a step did not come",
      read([0, 50], [5, 46], [20, 46], [25, 40], [65, 40]),
      [
        [0, 5, 4],
        [5, 25, 6],
        [25, 45, 0],
      ],
      45,
    ],
    [
      "nobody looked for a while",
      read([0, 50], [5, 48], [10, 46], [250, 26], [255, 25]),
      [
        [0, 5, 2],
        [5, 10, 2],
        [10, 250, 20],
        [250, 255, 1],
      ],
      255,
    ],
    // What was used between 295 and 301 is not known.
    [
      "a reset lies in between",
      read([285, 20], [290, 15], [295, 15], [301, 99], [306, 95]),
      [
        [285, 290, 5],
        [290, 295, 0],
        [301, 306, 4],
      ],
      306,
    ],
    // What could not be used was not idle.
    [
      "nothing was left for a while",
      read([0, 20], [5, 10], [10, 0], [200, 0], [301, 99], [306, 95]),
      [
        [0, 5, 10],
        [301, 306, 4],
      ],
      306,
    ],
  ])("when %s", (_name, samples, stretches, knownUntil) => {
    expect(inMinutes(samples)).toMatchObject({ stretches, knownUntil });
  });

  it("knows how far apart changes come", () => {
    expect(inMinutes(read([0, 50], [10, 49], [20, 49], [30, 48], [50, 47], [52, 47])).step).toBe(20);
    expect(inMinutes(read([0, 50], [5, 50])).step).toBe(0);
  });

  it("puts what was used before it was watched in front, but not over what is known", () => {
    const samples = read([100, 40], [105, 38]);
    const earlier = { from: START, to: START + 100 * MINUTE, used: 60 };
    expect(inMinutes(samples, earlier).stretches).toEqual([
      [0, 100, 60],
      [100, 105, 2],
    ]);
    // Asleep over the reset: the present window began at 300, and was seen first at 400.
    const over = read([280, 40], [285, 38], [400, 70], [405, 69]);
    const since = { from: RESET, to: START + 400 * MINUTE, used: 30 };
    expect(inMinutes(over, since).stretches).toEqual([
      [280, 285, 2],
      [300, 400, 30],
      [400, 405, 1],
    ]);
  });

  it("gives nothing for nothing", () => {
    expect(burnOf([], null)).toEqual({ stretches: [], knownUntil: 0, step: 0 });
  });
});
