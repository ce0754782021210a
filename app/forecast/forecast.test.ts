import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Meter, Window } from "../quota/meter.ts";
import { type Forecast, forecastMeter, verdictOf } from "./forecast.ts";
import { addSample, type Sample } from "./samples.ts";

/** A Friday. */
const START = Date.parse("2026-11-20T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const period = (resetsAt: number | null): Window => ({ kind: "period", resetsAt, resetBasis: "reported" });
const rolling = (lengthMs: number, resetsAt: number): Window => ({
  kind: "rolling",
  lengthMs,
  resetsAt,
  resetBasis: "reported",
});
const BALANCE: Window = { kind: "balance" };

const meter = (remaining: Meter["remaining"], window: Window, change: Partial<Meter> = {}): Meter => ({
  id: "tokens",
  label: { key: "meter.tokens" },
  unit: { kind: "tokens" },
  limit: window.kind === "balance" ? "unknown" : 1000,
  used: "unknown",
  remaining,
  window,
  scope: "key",
  confidence: "reported",
  ...change,
});

interface Watched {
  readonly last: Meter;
  readonly samples: readonly Sample[];
  readonly at: number;
}

/** Readings of what is left, so many minutes apart; what `remaining` gives is told as it is, undefined is a poll that failed. */
function watch(
  minutes: { readonly from?: number; readonly to: number; readonly every?: number },
  window: Window | ((at: number) => Window),
  remaining: (minute: number) => number | undefined,
  before: readonly Sample[] = [],
): Watched {
  let samples = before;
  let last = meter("unknown", BALANCE);
  let at = START;
  for (let minute = minutes.from ?? 0; minute <= minutes.to; minute += minutes.every ?? 5) {
    const left = remaining(minute);
    if (left === undefined) continue;
    at = START + minute * MINUTE;
    last = meter(left, typeof window === "function" ? window(at) : window);
    samples = addSample(samples, last, at);
  }
  return { last, samples, at };
}

const forecast = ({ last, samples, at }: Watched, now = at): Forecast | null => forecastMeter(last, samples, now);
/** Minutes from the last reading until nothing is left. */
const lasts = (watched: Watched): number => {
  const runsOutAt = forecast(watched)?.runsOutAt;
  return runsOutAt == null ? Number.POSITIVE_INFINITY : (runsOutAt - watched.at) / MINUTE;
};

describe("the rate", () => {
  it("of an even fall is drawn on to its end", () => {
    // 2 a minute, 940 left after half an hour: used up 470 minutes later.
    const watched = watch({ to: 30 }, period(START + 10 * HOUR), (minute) => 1000 - 2 * minute);
    expect(lasts(watched)).toBeCloseTo(470, 0);
    expect(forecast(watched)?.burnPerHour).toBeCloseTo(120, 0);
  });

  it("falls towards nothing while a figure stands still, rather than standing for ever", () => {
    const pausedFor = (pause: number) =>
      watch({ to: 60 + pause }, period(START + 10 * HOUR), (minute) => 1000 - 8 * Math.min(minute, 60));
    const rates = [0, 15, 30, 60, 120, 240].map((pause) => forecast(pausedFor(pause))?.burnPerHour ?? Number.NaN);
    expect(rates).toEqual(rates.toSorted((a, b) => b - a));
    expect(rates[3]).toBeLessThan(0.6 * 480);
    expect(rates[5]).toBeLessThan(0.25 * 480);
    expect(lasts(pausedFor(0))).toBeLessThan(70);
    expect(lasts(pausedFor(240))).toBeGreaterThan(240);
  });

  it("is not owned by one burst, nor blind to it", () => {
    const even = (minute: number) => 10_000 - 10 * minute;
    const calm = watch({ to: 180 }, period(START + 10 * HOUR), even);
    const burst = watch({ to: 180 }, period(START + 10 * HOUR), (minute) => even(minute) - (minute === 180 ? 500 : 0));
    const [usual, after] = [forecast(calm)?.burnPerHour ?? 0, forecast(burst)?.burnPerHour ?? 0];
    // The last five minutes took eleven times as much as usual.
    expect(after / usual).toBeGreaterThan(1.05);
    expect(after / usual).toBeLessThan(3);
  });

  it.each([
    ["in steps of twenty minutes", (used: number, minute: number) => used - 4 * (minute % 20)],
    ["in whole percent", (used: number) => Math.floor(used / 10) * 10],
    ["each poll", (used: number) => used],
  ])("is found whenever it is asked for, with figures told %s", (_name, told) => {
    for (let to = 90; to <= 130; to += 5) {
      const watched = watch({ to }, period(START + 10 * HOUR), (minute) => 1000 - told(4 * minute, minute));
      expect(Math.abs(lasts(watched) / (250 - to) - 1)).toBeLessThan(0.15);
    }
  });

  it("is the same over polls that failed, and over hours without any", () => {
    const left = (minute: number) => 10_000 - 4 * minute;
    const failing = watch({ to: 600 }, BALANCE, (minute) => (minute % 15 === 0 ? left(minute) : undefined));
    const asleep = watch({ to: 600 }, BALANCE, (minute) => (minute > 60 && minute < 540 ? undefined : left(minute)));
    for (const watched of [failing, asleep]) expect(forecast(watched)?.burnPerHour).toBeCloseTo(240, -1);
  });

  it("does not take a reset for use, and knows its user after it", () => {
    const window = (at: number) => rolling(5 * HOUR, START + (Math.floor((at - START) / (5 * HOUR)) + 1) * 5 * HOUR);
    const left = (minute: number) => 1000 - 3 * (minute % 300);
    expect(forecast(watch({ to: 305 }, window, left))).toBeNull();
    const watched = watch({ to: 315 }, window, left);
    expect(forecast(watched)?.burnPerHour).toBeCloseTo(180, -1);
    expect(lasts(watched)).toBeCloseTo(955 / 3, -1);
  });

  it("does not take what could not be used for a pause", () => {
    const window = (at: number) => rolling(5 * HOUR, START + (Math.floor((at - START) / (5 * HOUR)) + 1) * 5 * HOUR);
    // Used up after 100 minutes of each window.
    const watched = watch({ to: 615 }, window, (minute) => Math.max(0, 1000 - 10 * (minute % 300)));
    expect(forecast(watched)?.burnPerHour).toBeCloseTo(600, -2);
  });

  it("is not changed by a top-up, which lasts the longer", () => {
    const spend = (minute: number) => 500 - minute;
    const before = watch({ to: 300 }, BALANCE, spend);
    const after = watch({ to: 305 }, BALANCE, (minute) => spend(minute) + (minute > 300 ? 1000 : 0));
    expect(forecast(after)?.burnPerHour).toBeCloseTo(forecast(before)?.burnPerHour ?? 0, 0);
    expect(lasts(after) - lasts(before)).toBeCloseTo(995, -1);
  });

  it("counts what was used of the window before it was watched", () => {
    // Two of five hours are over, and 800 of 1000 used; nothing while it is watched.
    const watched = watch({ to: 15 }, rolling(5 * HOUR, START + 3 * HOUR), () => 200);
    expect(forecast(watched)?.burnPerHour).toBeGreaterThan(50);
    expect(forecast(watch({ to: 15 }, period(START + 3 * HOUR), () => 200))?.burnPerHour).toBe(0);
  });

  it("of a balance counts its idle nights, whatever the hour", () => {
    // 60 an hour from nine to five, read every quarter of an hour: 480 a day.
    const usedBy = (minute: number) => {
      const [day, ofDay] = [Math.floor((minute + 720) / 1440), (minute + 720) % 1440];
      return 480 * day + Math.min(480, Math.max(0, ofDay - 540)) - 180;
    };
    for (const hour of [0, 3, 6, 12, 18, 21]) {
      const watched = watch({ to: (8 * 24 + hour) * 60, every: 15 }, BALANCE, (minute) => 6240 - usedBy(minute));
      const days = ((typeof watched.last.remaining === "number" ? watched.last.remaining : 0) / 480) | 0;
      const { runwayDays, runsOutAt } = forecast(watched) ?? {};
      expect(Math.abs((runwayDays ?? 0) - days)).toBeLessThan(1.2);
      // By day, when it is used, not in the night.
      const hourOfEnd = new Date(runsOutAt ?? 0).getUTCHours();
      expect(hourOfEnd).toBeGreaterThanOrEqual(8);
      expect(hourOfEnd).toBeLessThanOrEqual(17);
    }
  });
});

describe("forecastMeter", () => {
  const falling = (window: Window, change: Partial<Meter> = {}): Forecast | null => {
    const watched = watch({ to: 60 }, window, (minute) => 1000 - 2 * minute);
    return forecastMeter({ ...watched.last, ...change }, watched.samples, watched.at);
  };

  it.each<[string, Forecast | null]>([
    ["no readings", forecastMeter(meter(100, BALANCE), [], START)],
    ["three of them", forecast(watch({ to: 10 }, BALANCE, (minute) => 900 - minute))],
    ["eight minutes", forecast(watch({ to: 8, every: 1 }, BALANCE, (minute) => 900 - minute))],
    ["nothing left", forecast(watch({ to: 30 }, BALANCE, (minute) => 30 - minute))],
    ["overdrawn", forecast(watch({ to: 30 }, BALANCE, (minute) => 20 - minute))],
    [
      "a window that has ended",
      forecast(
        watch({ to: 30 }, period(START + HOUR), (minute) => 900 - minute),
        START + HOUR,
      ),
    ],
    ["a window that slides", falling({ kind: "rolling", lengthMs: HOUR, resetsAt: null, resetBasis: "derived" })],
    ["one that refills", falling({ kind: "rolling", lengthMs: null, resetsAt: START + HOUR, resetBasis: "refill" })],
  ])("says nothing on %s", (_name, said) => {
    expect(said).toBeNull();
  });

  it.each<[string, Window, Partial<Forecast>]>([
    // 880 left at 2 a minute: 440 minutes.
    [
      "a reset that comes later",
      period(START + 12 * HOUR),
      { beforeReset: true, verdict: "in-deficit", runwayDays: null },
    ],
    [
      "one that comes about then",
      period(START + 8 * HOUR),
      { beforeReset: false, verdict: "on-pace", runwayDays: null },
    ],
    [
      "one that comes before",
      period(START + 5 * HOUR),
      { beforeReset: false, verdict: "in-reserve", runwayDays: null },
    ],
    ["no reset", BALANCE, { beforeReset: null, verdict: null, runwayDays: expect.closeTo(440 / 1440, 1) }],
    ["none in a life", { kind: "lifetime" }, { beforeReset: null, runwayDays: expect.closeTo(440 / 1440, 1) }],
    ["a reset that is not told", period(null), { beforeReset: null, verdict: null, runwayDays: null }],
  ])("with %s", (_name, window, expected) => {
    expect(falling(window)).toMatchObject(expected);
  });

  it("says that a quota lasts of which nothing is used, as far as it was seen", () => {
    expect(forecast(watch({ to: 30 }, period(START + 5 * HOUR), () => 400))).toEqual({
      burnPerHour: 0,
      pace: null,
      runsOutAt: null,
      earliest: null,
      latest: null,
      beforeReset: false,
      runwayDays: null,
      verdict: "in-reserve",
    });
  });

  it("names no time beyond two months", () => {
    const said = forecast(watch({ to: 300 }, BALANCE, (minute) => 1e9 - minute));
    expect(said).toMatchObject({ runsOutAt: null, runwayDays: null });
    expect(said?.burnPerHour).toBeCloseTo(60, 0);
  });

  it("does not name a time that has passed while something was left", () => {
    const watched = watch({ to: 60 }, BALANCE, (minute) => 121 - 2 * minute);
    const now = watched.at + 3 * HOUR;
    expect(forecast(watched, now)).toMatchObject({ runsOutAt: now, earliest: now, runwayDays: 0 });
  });

  it("gives a wide range to clumps, a narrow one to even use, and no end to what is hardly known", () => {
    const factor = (watched: Watched) => {
      const { latest, earliest } = forecast(watched) ?? {};
      return latest == null || earliest == null ? null : (latest - watched.at) / (earliest - watched.at);
    };
    const even = factor(watch({ to: 600 }, BALANCE, (minute) => 10_000 - 10 * minute)) ?? 99;
    const clumps = factor(watch({ to: 600 }, BALANCE, (minute) => 10_000 - 1200 * Math.floor(minute / 120))) ?? 99;
    expect(even).toBeLessThan(2.5);
    expect(clumps).toBeGreaterThan(1.5 * even);
    expect(factor(watch({ to: 20 }, BALANCE, (minute) => 10_000 - (minute < 15 ? 0 : 500)))).toBeNull();
  });
});

describe("pace", () => {
  const paceOf = (window: Window, remaining: number, change: Partial<Meter> = {}) => {
    let samples: readonly Sample[] = [];
    const last = meter(remaining, window, change);
    for (let minute = 0; minute <= 15; minute += 5) samples = addSample(samples, last, START - (15 - minute) * MINUTE);
    return forecastMeter(last, samples, START)?.pace;
  };
  const month: Window = {
    kind: "calendar",
    period: "month",
    timeZone: "UTC",
    resetsAt: Date.parse("2026-12-01T00:00:00Z"),
    resetBasis: "derived",
  };

  it.each<[string, Window, number, Partial<Meter>, number | null]>([
    ["even use", rolling(4 * HOUR, START + HOUR), 250, {}, 1],
    ["twice the even use", rolling(4 * HOUR, START + 3 * HOUR), 500, {}, 2],
    ["no use", rolling(4 * HOUR, START + 2 * HOUR), 1000, {}, 0],
    ["more left than the limit", rolling(4 * HOUR, START + 2 * HOUR), 1200, {}, 0],
    ["nineteen and a half of thirty days", month, 350, {}, 1],
    ["percent", rolling(4 * HOUR, START + HOUR), 25, { limit: "unknown", unit: { kind: "percent" } }, 1],
    ["a window of unknown length", period(START + HOUR), 250, {}, null],
    ["a balance", BALANCE, 250, {}, null],
    ["no limit told", rolling(4 * HOUR, START + HOUR), 250, { limit: "unknown" }, null],
    ["the very beginning", rolling(30 * DAY, START + 30 * DAY - 20 * MINUTE), 990, {}, null],
  ])("of %s", (_name, window, remaining, change, expected) => {
    expect(paceOf(window, remaining, change)).toEqual(expected === null ? null : expect.closeTo(expected, 5));
  });
});

describe("verdictOf", () => {
  it.each([
    [2.0, "in-reserve"],
    [1.15, "in-reserve"],
    [1.1, "on-pace"],
    [1.0, "on-pace"],
    [0.95, "on-pace"],
    [0.94, "in-deficit"],
    [0, "in-deficit"],
    [Number.POSITIVE_INFINITY, "in-reserve"],
  ])("lasting %d of the time until the reset is %s", (share, expected) => {
    expect(verdictOf(share * HOUR, HOUR)).toBe(expected);
  });
});

describe("whatever is told", () => {
  const steps = fc.array(
    fc.record({
      minutes: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 3000 })),
      remaining: fc.integer({ min: -50, max: 1000 }),
    }),
    { minLength: 4, maxLength: 150 },
  );
  const window = fc.constantFrom("balance", "5 hours", "week", "period");

  const follow = (
    told: readonly { readonly minutes: number; readonly remaining: number }[],
    kind: string,
    scale = 1,
  ): Forecast | null => {
    let samples: readonly Sample[] = [];
    let at = START;
    let last = meter("unknown", BALANCE);
    const windowAt = (): Window => {
      if (kind === "balance") return BALANCE;
      const length = kind === "5 hours" ? 5 * HOUR : 7 * DAY;
      const end = at - (at % length) + length;
      return kind === "period" ? period(end) : rolling(length, end);
    };
    for (const { minutes, remaining } of told) {
      at += minutes * MINUTE;
      const current = windowAt();
      last = meter(remaining * scale, current, current.kind === "balance" ? {} : { limit: 1000 * scale });
      samples = addSample(samples, last, at);
    }
    return forecastMeter(last, samples, at);
  };

  it("gives times in order and numbers that are numbers", () => {
    fc.assert(
      fc.property(steps, window, (told, kind) => {
        const said = follow(told, kind);
        if (said === null) return;
        expect(Object.values(said).filter((value) => typeof value === "number" && !Number.isFinite(value))).toEqual([]);
        expect(said.burnPerHour).toBeGreaterThanOrEqual(0);
        if (said.pace !== null) expect(said.pace).toBeGreaterThanOrEqual(0);
        const { earliest, runsOutAt, latest } = said;
        expect((earliest === null) === (runsOutAt === null)).toBe(true);
        if (earliest === null || runsOutAt === null) expect(latest).toBeNull();
        else {
          expect(earliest).toBeLessThanOrEqual(runsOutAt);
          if (latest !== null) expect(latest).toBeGreaterThanOrEqual(runsOutAt);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("does not depend on the unit", () => {
    // A power of two, so that the arithmetic itself is exact.
    const SCALE = 2 ** 20;
    fc.assert(
      fc.property(steps, window, (told, kind) => {
        const one = follow(told, kind);
        const other = follow(told, kind, SCALE);
        expect(other === null ? null : { ...other, burnPerHour: other.burnPerHour / SCALE }).toEqual(one);
      }),
      { numRuns: 300 },
    );
  });

  it("lets more last longer", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 8, maxLength: 100 }),
        fc.integer({ min: 1, max: 2000 }),
        (uses, more) => {
          const end = (extra: number) => {
            const left = uses.reduce((sum, use) => sum + use, 50 + extra);
            const usedBy = (index: number) => uses.slice(0, index + 1).reduce((sum, use) => sum + use, 0);
            const told = uses.map((_, index) => ({ minutes: 10, remaining: left - usedBy(index) }));
            return follow(told, "balance")?.runsOutAt ?? Number.POSITIVE_INFINITY;
          };
          expect(end(more)).toBeGreaterThanOrEqual(end(0));
        },
      ),
    );
  });
});
