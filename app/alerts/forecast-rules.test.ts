import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE, type Poll, RESET, START, told, USD } from "../../tests/support/meter-polls.ts";

describe("will not last until its reset", () => {
  const deficit = {
    verdict: "in-deficit",
    beforeReset: true,
    runsOutAt: START + 3 * HOUR,
    earliest: START + 2.5 * HOUR,
    latest: START + 4 * HOUR,
  } as const;
  const reserve = { verdict: "in-reserve", beforeReset: false, runsOutAt: RESET + HOUR } as const;
  it.each<[string, Poll[], string[]]>([
    [
      "fires once",
      [
        { left: 60, forecast: deficit },
        { left: 59, forecast: deficit },
      ],
      ["before-reset", ""],
    ],
    [
      "a forecast that flickers fires once in a window",
      [deficit, reserve, deficit, reserve, reserve, reserve, deficit].map((each) => ({ left: 60, forecast: each })),
      ["before-reset", "", "", "", "", "", ""],
    ],
    [
      "not while the late end of the range is after the reset",
      [{ left: 60, forecast: { ...deficit, latest: RESET + 1 } }],
      [""],
    ],
    ["not without a late end", [{ left: 60, forecast: { ...deficit, latest: null } }], [""]],
    ["not on pace", [{ left: 60, forecast: { ...deficit, verdict: "on-pace" } }], [""]],
    [
      "not by a hair",
      [{ left: 60, forecast: { ...deficit, runsOutAt: RESET - 12 * MINUTE, latest: RESET - MINUTE } }],
      [""],
    ],
    ["not with a forecast whose end has passed", [{ left: 60, forecast: { ...deficit, runsOutAt: START - 1 } }], [""]],
    ["not when nothing is left", [{ left: 0, forecast: deficit }], ["0"]],
    [
      "not when the percentage was told just now, but an hour later",
      [
        { left: 19, forecast: deficit },
        { left: 18, at: 55, forecast: deficit },
        { left: 17, at: 60, forecast: deficit },
        { left: 16, at: 65, forecast: deficit },
      ],
      ["20", "", "before-reset", ""],
    ],
    [
      "again in the next window",
      [
        { left: 60, forecast: deficit },
        {
          left: 60,
          at: 305,
          resetsAt: RESET + 5 * HOUR,
          forecast: { ...deficit, runsOutAt: START + 6 * HOUR, latest: START + 7 * HOUR },
        },
        {
          left: 60,
          at: 315,
          resetsAt: RESET + 5 * HOUR,
          forecast: { ...deficit, runsOutAt: START + 6 * HOUR, latest: START + 7 * HOUR },
        },
      ],
      ["before-reset", "", "before-reset"],
    ],
    [
      "again after a reset before its time",
      [
        { left: 40, forecast: deficit },
        { left: 100, at: 60, resetsAt: RESET + HOUR },
        { left: 99, at: 65, resetsAt: RESET + HOUR },
        { left: 80, at: 70, resetsAt: RESET + HOUR, forecast: deficit },
      ],
      ["before-reset", "", "", "before-reset"],
    ],
    [
      "not again in a rolling window that moves its end",
      [0, 60, 120, 180].map((at) => ({
        left: 60,
        at,
        resetsAt: RESET + at * MINUTE,
        forecast: { ...deficit, runsOutAt: START + (at + 30) * MINUTE, latest: START + (at + 60) * MINUTE },
      })),
      ["before-reset", "", "", ""],
    ],
  ])("%s", (_name, polls, expected) => {
    expect(told(polls)).toEqual(expected);
  });
  it("says nothing when it is switched off", () => {
    expect(told([{ left: 60, forecast: deficit }], { beforeReset: false })).toEqual([""]);
  });
});

describe("runway", () => {
  const balance = (left: number, runwayDays: number | null, at?: number): Poll => ({
    left,
    resetsAt: null,
    meter: { unit: USD, limit: "unknown", window: { kind: "balance" } },
    forecast: runwayDays === null ? {} : { runwayDays, runsOutAt: START + runwayDays * DAY + (at ?? 0) * MINUTE },
    ...(at !== undefined && { at }),
  });
  const day = 24 * 60;
  it.each<[string, Poll[], string[]]>([
    ["fires below the days, once", [balance(100, 2), balance(99, 1.9), balance(98, 1.8)], ["", "runway", ""]],
    [
      "a flickering forecast does not fire again",
      [1.9, 2.5, 1.9, 5, 5, 5, 1.9].map((days) => balance(99, days)),
      ["runway", "", "", "", "", "", ""],
    ],
    ["says nothing where nothing is being used", [balance(99, null)], [""]],
    [
      "is armed again when the rate has fallen for a day",
      [balance(99, 1.9), balance(98, 5, day), balance(98, 5, day + 5), balance(60, 1.9, 3 * day)],
      ["runway", "", "", "runway"],
    ],
    [
      "is armed again by a top-up",
      [balance(99, 1.9), balance(200, null, 10), balance(199, null, 15), balance(80, 1, 60)],
      ["runway", "", "", "runway"],
    ],
    [
      "a late figure is no top-up",
      [balance(99, 1.9), balance(200, null, 10), balance(98, null, 15), balance(80, 1, 60)],
      ["runway", "", "", ""],
    ],
    ["leaves it to used up when nothing is left", [balance(0, 0)], ["0"]],
  ])("%s", (_name, polls, expected) => {
    expect(told(polls)).toEqual(expected);
  });
  it("says nothing when it is switched off", () => {
    expect(told([balance(99, 0.5)], { runwayDays: null })).toEqual([""]);
  });
});
