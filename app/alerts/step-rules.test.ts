import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE, type Poll, RESET, START, told, USD, until } from "../../tests/support/meter-polls.ts";
import type { Meter, Window } from "../quota/meter.ts";

describe("percent left", () => {
  it.each<[string, Poll[], string[]]>([
    [
      "fires once at the line and stays quiet",
      [{ left: 50 }, { left: 20 }, { left: 19 }, { left: 19 }],
      ["", "20", "", ""],
    ],
    ["fires at the first sight of a low meter", [{ left: 12 }], ["20"]],
    ["fires only the lowest of several crossed at once", [{ left: 50 }, { left: 3 }], ["", "5"]],
    [
      "fires again only when it gets worse",
      [{ left: 15 }, { left: 9 }, { left: 9 }, { left: 0 }],
      ["20", "10", "", "0"],
    ],
    ["is used up below zero, too", [{ left: 50 }, { left: -4 }], ["", "0"]],
    ["never goes back to a milder one", [{ left: 3 }, { left: 7 }, { left: 9 }, { left: 9 }], ["5", "", "", ""]],
    [
      "does not flap around the line",
      [{ left: 20 }, { left: 21 }, { left: 20 }, { left: 24 }, { left: 19 }],
      ["20", "", "", "", ""],
    ],
    [
      "re-arms after a recovery that two readings show (a top-up), and says that it is back",
      [{ left: 18 }, { left: 60 }, { left: 60 }, { left: 18 }],
      ["20", "", "back", "20"],
    ],
    [
      "a late figure, once, re-arms nothing",
      [{ left: 18 }, { left: 60 }, { left: 18 }, { left: 60 }, { left: 18 }],
      ["20", "", "", "", ""],
    ],
    [
      "re-arms only what was recovered from",
      [{ left: 4 }, { left: 16 }, { left: 16 }, { left: 9 }, { left: 4 }],
      ["5", "", "", "10", "5"],
    ],
    ["a reading that does not tell re-arms nothing", [{ left: 18 }, { left: "unknown" }, { left: 18 }], ["20", "", ""]],
    [
      "an unlimited answer re-arms nothing",
      [{ left: 18 }, { left: "unlimited" }, { left: "unlimited" }, { left: 18 }],
      ["20", "", "", ""],
    ],
    [
      "a reset told only sometimes is no new window",
      [{ left: 18 }, { left: 18, resetsAt: null }, { left: 18 }],
      ["20", "", ""],
    ],
    [
      "jitter of the reset time is no new window",
      [
        { left: 18 },
        { left: 17, resetsAt: RESET + 4 * MINUTE },
        { left: 16, resetsAt: RESET - 4 * MINUTE },
        { left: 16 },
      ],
      ["20", "", "", ""],
    ],
    [
      "jitter of the reset time at the reset is no new window",
      [
        { left: 18, resetsAt: RESET - 4 * MINUTE },
        { left: 17, at: 298, resetsAt: RESET + 4 * MINUTE },
        { left: 16, at: 302, resetsAt: RESET + 4 * MINUTE },
        { left: 16, at: 303, resetsAt: RESET - 4 * MINUTE },
        { left: 99, at: 312, resetsAt: RESET + 5 * HOUR },
      ],
      ["20", "", "", "", "back"],
    ],
    [
      "a rolling window that moves its end is no new window",
      [0, 60, 120, 180, 240, 300, 360].map((at) => ({ left: 15, at, resetsAt: RESET + at * MINUTE })),
      ["20", "", "", "", "", "", ""],
    ],
    [
      "a rolling window whose end moved while nobody could look is no new window, one that began later is",
      [
        { at: 0, end: RESET },
        { at: 360, end: RESET + 3 * HOUR },
        { at: 1_000, end: RESET + 14 * HOUR },
      ].map(({ at, end }) => ({
        left: 15,
        at,
        meter: { window: { kind: "rolling", lengthMs: 5 * HOUR, resetsAt: end, resetBasis: "reported" } },
      })),
      ["20", "", "20"],
    ],
    [
      "a new window fires again, even if it is low from its start, once its figures can be believed",
      [
        { left: 18 },
        { left: 18, at: 301, resetsAt: RESET + 5 * HOUR },
        { left: 18, at: 306, resetsAt: RESET + 5 * HOUR },
        { left: 18, at: 311, resetsAt: RESET + 5 * HOUR },
      ],
      ["20", "", "", "20"],
    ],
    [
      "late figures of the old window, after the new one was seen, are no crossing",
      [
        { left: 0 },
        { left: 100, at: 301, resetsAt: RESET + 5 * HOUR },
        { left: 0, at: 303, resetsAt: RESET + 5 * HOUR },
        { left: 99, at: 305, resetsAt: RESET + 5 * HOUR },
        { left: 98, at: 315, resetsAt: RESET + 5 * HOUR },
        { left: 15, at: 320, resetsAt: RESET + 5 * HOUR },
      ],
      ["0", "back", "", "", "", "20"],
    ],
    ["figures from before a reset decide nothing", [{ left: 50 }, { left: 3, at: 360 }], ["", ""]],
    [
      "figures from before a reset re-arm nothing",
      [{ left: 3 }, { left: 90, at: 360 }, { left: 90, at: 370 }],
      ["5", "", ""],
    ],
    [
      "a balance has one instance",
      [
        { left: 18, resetsAt: null },
        { left: 17, at: 54_000, resetsAt: null },
      ],
      ["20", ""],
    ],
    [
      "a window that resets before its time is armed again and back",
      [
        { left: 2 },
        { left: 100, at: 60, resetsAt: RESET + HOUR },
        { left: 98, at: 65, resetsAt: RESET + HOUR },
        { left: 19, at: 70, resetsAt: RESET + HOUR },
      ],
      ["5", "", "back", "20"],
    ],
    [
      "a window that was away for days is told of as it is now",
      [
        { left: 2 },
        { left: 100, at: 3 * 24 * 60, resetsAt: START + 4 * DAY },
        { left: 4, at: 3 * 24 * 60 + 5, resetsAt: START + 4 * DAY },
      ],
      ["5", "", "5"],
    ],
    [
      "a new window that is little better than the line is armed again without a word",
      [
        { left: 18 },
        { left: 22, at: 320, resetsAt: RESET + 5 * HOUR },
        { left: 18, at: 325, resetsAt: RESET + 5 * HOUR },
      ],
      ["20", "", "20"],
    ],
  ])("%s", (_name, polls, expected) => {
    expect(told(polls)).toEqual(expected);
  });

  it("says nothing of a quota that is back when that is switched off", () => {
    expect(told([{ left: 18 }, { left: 60 }, { left: 60 }], { quotaBack: false })).toEqual(["20", "", ""]);
  });

  it.each<[string, Partial<Meter>, string]>([
    ["a limit that refills within two minutes", { window: refill(2 * MINUTE) }, ""],
    ["one that refills within five minutes", { window: refill(5 * MINUTE) }, ""],
    ["one that refills in six hours", { window: refill(6 * HOUR) }, "0"],
    [
      "a window of one minute",
      { window: { kind: "rolling", lengthMs: MINUTE, resetsAt: START + MINUTE, resetBasis: "reported" } },
      "",
    ],
    [
      "a window of five hours",
      { window: { kind: "rolling", lengthMs: 5 * HOUR, resetsAt: RESET, resetBasis: "reported" } },
      "0",
    ],
    ["a part of another meter", { partOf: "balance" }, ""],
  ])("of %s tells %j", (_name, change, expected) => {
    expect(told([{ left: 0, meter: change }], { amountsLeft: [] })).toEqual([expected]);
  });

  function refill(wait: number): Window {
    return { kind: "rolling", lengthMs: HOUR, resetsAt: START + wait, resetBasis: "refill" };
  }
});

describe("amount left", () => {
  const amountsLeft = [
    { currency: "USD", below: 5 },
    { currency: "USD", below: 1.5 },
    { currency: "EUR", below: 50 },
  ];
  const dollars = (left: number, change: Partial<Poll> = {}): Poll => ({
    left: Math.round(left * 1_000_000),
    resetsAt: null,
    meter: { unit: USD, limit: "unknown", window: { kind: "balance" } },
    ...change,
  });
  it.each<[string, Poll[], string[]]>([
    ["fires below, not at, the amount", [dollars(5), dollars(4.99), dollars(4)], ["", "amount-left", ""]],
    ["fires again at a lower amount", [dollars(4), dollars(1.2), dollars(1.1)], ["amount-left", "amount-left", ""]],
    ["is told beside used up", [dollars(10), dollars(0)], ["", "0+amount-left"]],
    [
      "does not flap around the amount",
      [dollars(4.9), dollars(5.5), dollars(5.5), dollars(4.9)],
      ["amount-left", "", "", ""],
    ],
    [
      "is armed again by a top-up",
      [dollars(4.9), dollars(25), dollars(25), dollars(4.9)],
      ["amount-left", "", "back", "amount-left"],
    ],
    ["does not mind other currencies", [dollars(40, { meter: { unit: { kind: "money", currency: "GBP" } } })], [""]],
    ["does not mind other units", [{ left: 4, meter: { limit: "unknown" } }], [""]],
    ["says nothing of what is not told", [{ left: "unknown", meter: { unit: USD } }], [""]],
    [
      "counts for a window of money, too",
      [dollars(4, { resetsAt: RESET, meter: { unit: USD, limit: 100_000_000, window: until(RESET) } })],
      ["20+amount-left".replace("20", "5")],
    ],
  ])("%s", (_name, polls, expected) => {
    expect(told(polls, { amountsLeft })).toEqual(expected);
  });
});

describe("in general", () => {
  it("within one window and without recovery, each threshold fires at most once, only when crossed, and the lowest always", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -10, max: 100 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 0, max: 240_000 }),
        (levels, jitter) => {
          const falling = levels.toSorted((a, b) => b - a);
          const fired = told(
            falling.map((left, index) => ({ left, at: index, resetsAt: RESET + (index % 2) * jitter })),
          );
          const heard = fired.filter((each) => each !== "").map(Number);
          expect(new Set(heard).size).toBe(heard.length);
          fired.forEach((each, index) => {
            if (each !== "") expect(falling[index]).toBeLessThanOrEqual(Number(each));
          });
          const expected = [20, 10, 5, 0].filter((threshold) => Math.min(...falling) <= threshold).at(-1);
          if (expected !== undefined) expect(heard.at(-1)).toBe(expected);
        },
      ),
    );
  });

  it("figures that come late, go missing or jump about fire nothing a second time, while they stay low every other reading", () => {
    const bad = fc.oneof(
      fc.constant<Meter["remaining"]>("unknown"),
      fc.constant<Meter["remaining"]>("unlimited"),
      fc.integer({ min: 11, max: 100 }),
    );
    fc.assert(
      fc.property(fc.array(bad, { maxLength: 40 }), fc.integer({ min: -4, max: 4 }), (noise, jitter) => {
        const polls = noise.flatMap((left) => [
          { left, resetsAt: RESET + jitter * MINUTE },
          { left: 10, resetsAt: RESET - jitter * MINUTE },
        ]);
        const fired = told([{ left: 10 }, ...polls].map((poll, index) => ({ ...poll, at: index * 2 })));
        expect(fired.filter((each) => each !== "")).toEqual(["10"]);
      }),
    );
  });
});
