import { describe, expect, it } from "vitest";
import { balanceMeter, calendar, DAY, HOUR, MINUTE, usedMeter } from "../../tests/support/spend-readings.ts";
import type { Meter } from "../quota/meter.ts";
import { type Counter, figureOf } from "./counter.ts";
import { firstSight, follow } from "./follow-counter.ts";

const START = Date.parse("2026-11-20T12:00:00Z");
const MIDNIGHT = Date.parse("2026-11-21T00:00:00Z");

type Step = readonly [at: number, meter: Meter];

/** What was spent at each reading after the first. */
function spent(steps: readonly Step[]): number[] {
  const [first, ...rest] = steps;
  if (first === undefined) return [];
  const [at, meter] = first;
  const { figure } = told(meter);
  // As if it had stood there for a while: at its very first sight a late figure may lie anywhere.
  let counter: Counter = { ...firstSight(meter, told(meter), at), recent: [{ at, figure }], former: null };
  return rest.map(([at, meter]) => {
    const next = follow(counter, meter, told(meter).figure, at);
    counter = next.counter;
    return next.spent.amount;
  });
}

function told(meter: Meter) {
  const figure = figureOf(meter);
  if (figure === null) throw new Error("tells nothing");
  return figure;
}

/** Used in a window that ends at the next midnight (UTC) after `at`, as services do that tell no reset but document it. */
const daily = (at: number, used: number): Step => [
  at,
  usedMeter(used, { window: calendar("day", MIDNIGHT + Math.floor((at - MIDNIGHT) / DAY + 1) * DAY) }),
];
const lifetime = (minutes: number, used: number): Step => [START + minutes * MINUTE, usedMeter(used)];
const balance = (minutes: number, left: number): Step => [START + minutes * MINUTE, balanceMeter(left)];

describe("a counter of what was used", () => {
  it.each<[string, Step[], number[]]>([
    ["counts what it rose by", [lifetime(0, 500), lifetime(5, 510), lifetime(10, 512)], [10, 2]],
    ["counts over a gap, too", [lifetime(0, 500), lifetime(3 * 1440, 560)], [60]],
    [
      "takes nothing back for late figures",
      [lifetime(0, 500), lifetime(5, 510), lifetime(8, 500), lifetime(10, 512)],
      [10, 0, 2],
    ],
    [
      "takes nothing back for corrections, and waits for the figure to pass where it was",
      [lifetime(0, 500), lifetime(60, 480), lifetime(120, 495), lifetime(180, 503)],
      [0, 0, 3],
    ],
    [
      "is another window where less than half is left",
      [lifetime(0, 500), lifetime(60, 30), lifetime(65, 40)],
      [30, 10],
    ],
    [
      "of small figures, sees a late one for what it is",
      [lifetime(0, 1), lifetime(5, 4), lifetime(8, 1), lifetime(10, 5)],
      [3, 0, 1],
    ],
    [
      "after its reset counts what the new window tells",
      [daily(MIDNIGHT - 5 * MINUTE, 90), daily(MIDNIGHT + 5 * MINUTE, 2), daily(MIDNIGHT + 10 * MINUTE, 3)],
      [2, 1],
    ],
    ["is reset while it was not looked at", [daily(MIDNIGHT - 6 * HOUR, 90), daily(MIDNIGHT + 6 * HOUR, 70)], [70]],
    [
      "used more since its reset than in the whole window before",
      [daily(MIDNIGHT - 6 * HOUR, 20), daily(MIDNIGHT + 6 * HOUR, 70)],
      [70],
    ],
    [
      "goes on for a while after its reset (the figures lag)",
      [
        daily(MIDNIGHT - 5 * MINUTE, 90),
        daily(MIDNIGHT + 1000, 90),
        daily(MIDNIGHT + 4 * MINUTE, 91),
        daily(MIDNIGHT + 9 * MINUTE, 2),
      ],
      [0, 1, 2],
    ],
    [
      "goes on for an hour after its reset, and falls a little",
      [
        daily(MIDNIGHT - 5 * MINUTE, 4),
        daily(MIDNIGHT + 1000, 4),
        daily(MIDNIGHT + 60 * MINUTE, 4),
        daily(MIDNIGHT + 61 * MINUTE, 3),
      ],
      [0, 0, 3],
    ],
    [
      "is late just after its reset",
      [
        daily(MIDNIGHT - 10 * MINUTE, 80),
        daily(MIDNIGHT - 5 * MINUTE, 90),
        daily(MIDNIGHT + MINUTE, 85),
        daily(MIDNIGHT + 5 * MINUTE, 2),
      ],
      [10, 0, 2],
    ],
    [
      "is late once more after the new window was seen",
      [
        daily(MIDNIGHT - 5 * MINUTE, 90),
        daily(MIDNIGHT + 2 * MINUTE, 1),
        daily(MIDNIGHT + 4 * MINUTE, 90),
        daily(MIDNIGHT + 6 * MINUTE, 3),
      ],
      [1, 0, 2],
    ],
    [
      "never falls at a reset that is none",
      [
        daily(MIDNIGHT - 5 * MINUTE, 90),
        daily(MIDNIGHT + MINUTE, 90),
        daily(MIDNIGHT + 3 * HOUR, 95),
        daily(MIDNIGHT + 4 * HOUR, 94),
        daily(MIDNIGHT + 5 * HOUR, 96),
      ],
      [0, 5, 0, 1],
    ],
    [
      "begins a day that nobody used anything on",
      [daily(MIDNIGHT - 5 * MINUTE, 0), daily(MIDNIGHT + 5 * MINUTE, 4), daily(MIDNIGHT + 9 * MINUTE, 6)],
      [4, 2],
    ],
  ])("%s", (_name, steps, expected) => {
    expect(spent(steps)).toEqual(expected);
  });

  it("at its first sight just after a reset, believes no figure from before it", () => {
    const [at, meter] = daily(MIDNIGHT + MINUTE, 2);
    const late = follow(firstSight(meter, told(meter), at), usedMeter(90, { window: meter.window }), 90, at + MINUTE);
    expect(late.spent.amount).toBe(0);
    expect(follow(late.counter, meter, 5, at + 20 * MINUTE).spent.amount).toBe(3);
  });

  it("knows when the window began that it saw, and what was lost before", () => {
    const counter = firstSight(usedMeter(90), { direction: "rising", figure: 90 }, MIDNIGHT - 50 * HOUR);
    const at = MIDNIGHT + 6 * HOUR;
    const [, meter] = daily(at, 70);
    const seen = { ...counter, resetsAt: MIDNIGHT - 2 * DAY };
    expect(follow(seen, meter, 70, at).spent).toEqual({
      amount: 70,
      from: MIDNIGHT,
      lost: { from: MIDNIGHT - 50 * HOUR, to: MIDNIGHT },
    });
  });
});

describe("a balance that falls", () => {
  it.each<[string, Step[], number[]]>([
    ["counts what it fell by", [balance(0, 50), balance(5, 45), balance(10, 44)], [5, 1]],
    ["into the red, too", [balance(0, 2), balance(5, -3)], [5]],
    ["takes a rise for a top-up", [balance(0, 5), balance(60, 25), balance(120, 22)], [0, 3]],
    [
      "takes a rise back to what was told a moment ago for a late figure",
      [balance(0, 50), balance(5, 45), balance(8, 50), balance(10, 44)],
      [5, 0, 1],
    ],
    [
      "takes the same for a top-up when it stays",
      [balance(0, 50), balance(5, 45), balance(30, 49), balance(60, 48)],
      [5, 0, 1],
    ],
    [
      "does not count a late figure from before a top-up",
      [balance(0, 5), balance(5, 25), balance(7, 5), balance(10, 24)],
      [0, 0, 1],
    ],
  ])("%s", (_name, steps, expected) => {
    expect(spent(steps)).toEqual(expected);
  });
});

describe("figureOf", () => {
  it.each<[string, Partial<Meter>, ReturnType<typeof figureOf>]>([
    ["what was used", { used: 7, remaining: 3, limit: 10 }, { direction: "rising", figure: 7 }],
    ["the limit less what is left", { used: "unknown", remaining: 3, limit: 10 }, { direction: "rising", figure: 7 }],
    [
      "0 where more is left than the limit",
      { used: "unknown", remaining: 13, limit: 10 },
      { direction: "rising", figure: 0 },
    ],
    [
      "what is left of a balance, although it has a limit",
      { used: "unknown", remaining: 3, limit: 10, window: { kind: "balance" } },
      { direction: "falling", figure: 3 },
    ],
    [
      "what is left, where no limit is told",
      { used: "unknown", remaining: 3, limit: "unknown" },
      { direction: "falling", figure: 3 },
    ],
    ["nothing where nothing is told", { used: "unknown", remaining: "unknown", limit: 10 }, null],
    [
      "nothing where nothing runs out and nothing is counted",
      { used: "unknown", remaining: "unlimited", limit: "unlimited" },
      null,
    ],
  ])("%s", (_name, change, expected) => {
    expect(figureOf(usedMeter(0, change))).toEqual(expected);
  });
});
