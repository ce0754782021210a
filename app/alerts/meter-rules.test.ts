import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Forecast } from "../forecast/forecast.ts";
import type { Meter, Unit, Window } from "../quota/meter.ts";
import { DEFAULT_ALERT_RULES } from "../settings/alert-settings.ts";
import type { EffectiveRules } from "./effective-rules.ts";
import type { LedgerRule } from "./ledger.ts";
import { decideMeter, type MeterEntries, NO_ENTRIES, stillTrue, withoutWaiting } from "./meter-rules.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.parse("2026-11-20T12:00:00Z");
const RESET = START + 5 * HOUR;
const USD: Unit = { kind: "money", currency: "USD" };

const until = (resetsAt: number | null): Window =>
  resetsAt === null ? { kind: "balance" } : { kind: "period", resetsAt, resetBasis: "reported" };

const meter = (change: Partial<Meter> = {}): Meter => ({
  id: "tokens",
  label: { key: "meter.tokens" },
  unit: { kind: "tokens" },
  limit: 100,
  used: "unknown",
  remaining: 100,
  window: until(RESET),
  scope: "key",
  confidence: "reported",
  ...change,
});

const RULES: EffectiveRules = { ...DEFAULT_ALERT_RULES, thresholds: [20, 10, 5, 0] };

/** A poll: `at` is minutes after the start (5 after the one before, unless told). */
interface Poll {
  readonly left: Meter["remaining"];
  readonly at?: number;
  readonly resetsAt?: number | null;
  readonly forecast?: Partial<Forecast>;
  readonly meter?: Partial<Meter>;
}

/** Feeds polls one after the other, telling at once whatever fires; gives what was told at each: "20" is percent, others by name. */
function told(
  polls: readonly Poll[],
  rules: Partial<EffectiveRules> = {},
  entries: MeterEntries = NO_ENTRIES,
): string[] {
  let known = entries;
  let now = START;
  return polls.map((poll, index) => {
    now = poll.at === undefined ? now + (index === 0 ? 0 : 5 * MINUTE) : START + poll.at * MINUTE;
    const window = until(poll.resetsAt === undefined ? RESET : poll.resetsAt);
    const facts = {
      sourceId: "s",
      meter: meter({ remaining: poll.left, window, ...poll.meter }),
      forecast: poll.forecast === undefined ? null : forecast(poll.forecast),
      rules: { ...RULES, ...rules },
      endedAt: null,
      now,
    };
    const decided = decideMeter(known, facts).entries;
    // The same figures once more change nothing.
    expect(decideMeter(decided, facts).entries).toBe(decided);
    const heard: string[] = [];
    const next = new Map(decided);
    for (const [rule, entry] of decided) {
      if (entry.pending === null) continue;
      const seen = stillTrue(entry, facts);
      expect(seen.state).toBe("true");
      if (seen.state !== "true") continue;
      heard.push(rule === "percent-left" ? String(seen.level) : rule);
      if (rule === "back") next.delete(rule);
      else next.set(rule, { ...entry, pending: null, told: seen.level, level: seen.level });
    }
    known = heard.length === 0 ? decided : next;
    return heard.join("+");
  });
}

const forecast = (change: Partial<Forecast>): Forecast => ({
  burnPerHour: 10,
  pace: null,
  runsOutAt: null,
  earliest: null,
  latest: null,
  beforeReset: null,
  runwayDays: null,
  verdict: null,
  ...change,
});

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

describe("what waits", () => {
  const waiting = (rule: LedgerRule, level: number, toldLevel: number | null = null) => ({
    sourceId: "s",
    meterId: "tokens",
    rule,
    resetsAt: RESET,
    level,
    firedAt: START,
    remaining: level,
    told: toldLevel,
    pending: "quiet-hours" as const,
    recoveringSince: null,
  });
  const facts = (left: Meter["remaining"], change: { now?: number; resetsAt?: number } = {}) => ({
    sourceId: "s",
    meter: meter({ remaining: left, window: until(change.resetsAt ?? RESET) }),
    forecast: null,
    rules: RULES,
    endedAt: null,
    now: change.now ?? START + HOUR,
  });
  it.each([
    ["is told at its level", waiting("percent-left", 5), facts(4), 5],
    ["is told at the level it has come back to", waiting("percent-left", 5), facts(14), 20],
    ["is over when it has recovered to what was told", waiting("percent-left", 5, 20), facts(14), "over"],
    ["is told when it got worse than what was told", waiting("percent-left", 5, 20), facts(8), 10],
    ["is over when it is above the line", waiting("percent-left", 20), facts(21), "over"],
    ["waits on when the reset has passed", waiting("percent-left", 5), facts(4, { now: RESET + 1 }), "unknown"],
    [
      "waits on in a new window whose figures may be those of the old one",
      waiting("percent-left", 5),
      facts(4, { now: RESET + MINUTE, resetsAt: RESET + 5 * HOUR }),
      "unknown",
    ],
    ["waits on when the figures do not say", waiting("percent-left", 5), facts("unknown"), "unknown"],
    ["quota back is over when it is low again", waiting("back", 0), facts(18), "over"],
    ["quota back is told while it is back", waiting("back", 0), facts(80), 0],
    ["a window that would not last, and will, is over", waiting("before-reset", START), facts(80), "over"],
    ["a runway that is long enough again is over", waiting("runway", 2), facts(80), "over"],
  ])("%s", (_name, entry, at, expected) => {
    const seen = stillTrue(entry, at);
    expect(seen.state === "true" ? seen.level : seen.state).toBe(expected);
  });
  it("leaves of what is over what was told, or nothing", () => {
    expect(withoutWaiting(waiting("percent-left", 5, 20))).toMatchObject({ level: 20, told: 20, pending: null });
    expect(withoutWaiting(waiting("percent-left", 5))).toBeNull();
    expect(withoutWaiting(waiting("back", 0))).toBeNull();
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
