// Traces for the back-test of forecasts: what somebody uses of a quota minute by minute, and what a gateway tells of it.
import type { Meter, Window } from "../../app/quota/meter.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A Monday, 00:00 UTC. */
const START = Date.UTC(2026, 5, 1);

export interface TracedReading {
  readonly at: number;
  readonly meter: Meter;
}

export interface Trace {
  readonly readings: readonly TracedReading[];
  /** What has truly been used from the start of the trace to a time. */
  usedUntil(at: number): number;
  /** When that use reaches an amount; null when it does not within the trace. */
  reaches(amount: number): number | null;
  /** The amount at which what there is at a time is used up: `usedUntil` is told late, this is not. */
  endOf(at: number): number;
  /** The end of the window that a time lies in; null for balances. */
  resetAfter(at: number): number | null;
  readonly until: number;
}

/** Use per minute of one person or machine, as a share of their mean rate while they are at it. */
type User = (random: () => number) => (minute: number) => number;

export interface TraceClass {
  readonly name: string;
  readonly user: User;
  readonly window: "5 hours" | "week" | "month" | "balance";
  /** Minutes between two polls. */
  readonly every: number;
  readonly days: number;
  /** Share of polls that fail. */
  readonly missed?: number;
  /** The computer sleeps, on average this often a day, for one to nine hours. */
  readonly sleeps?: number;
  /** The gateway tells its figures late: a new one every so many minutes, which is as old as the second number says. */
  readonly lag?: readonly [step: number, age: number];
  /** The figure is told as whole percent. */
  readonly percent?: boolean;
  /** Reset times differ from reading to reading by up to so many seconds either way. */
  readonly jitter?: number;
}

/** Small and repeatable (mulberry32); the same in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const exponential = (random: () => number, mean: number) => -mean * Math.log(1 - random());

/** Noise of single requests: some minutes take twice as much as others. */
const noisy = (random: () => number) => exponential(random, 0.5) + 0.5;

const steady: User = (random) => () => noisy(random);

/** Works in stretches: some minutes at it, some not. */
const bursts: User = (random) => {
  const on = 10 + random() * 40;
  const off = 10 + random() * 40;
  let busy = random() < on / (on + off);
  let left = exponential(random, busy ? on : off);
  return () => {
    left -= 1;
    if (left <= 0) {
      busy = !busy;
      left = exponential(random, busy ? on : off);
    }
    return busy ? noisy(random) : 0;
  };
};

/** Goes on for a while, then stops until the next window of five hours. */
const stops: User = (random) => {
  let stopAt = 0;
  return (minute) => {
    if (minute % 300 === 0) stopAt = minute + 30 + random() * 150;
    return minute < stopAt ? noisy(random) : 0;
  };
};

/** Monday to Friday in some time zone, about nine hours, in stretches, with a lunch break; little at other times. */
const office: User = (random) => {
  const zone = Math.floor(random() * 24) * 60;
  const from = 8 * 60 + random() * 120;
  const to = from + 7.5 * 60 + random() * 150;
  const stretch = bursts(random);
  let day = -1;
  let busyness = 1;
  return (minute) => {
    const local = minute + zone;
    const today = Math.floor(local / 1440);
    if (today !== day) {
      day = today;
      busyness = 0.4 + random() * 1.2;
    }
    const use = stretch(minute) * busyness;
    const ofDay = local % 1440;
    const atWork = ofDay >= from && ofDay < to && !(ofDay >= 750 && ofDay < 795);
    if (today % 7 >= 5) return atWork && busyness > 1.4 ? use * 0.5 : 0;
    return atWork ? use : ofDay >= 1140 && ofDay < 1350 && busyness > 1.2 ? use * 0.4 : 0;
  };
};

/** An office whose work changes: every ten days or so there is three times as much of it, or a third. */
const changing: User = (random) => {
  const use = office(random);
  let factor = 1;
  let changeAt = exponential(random, 10 * 1440);
  return (minute) => {
    if (minute >= changeAt) {
      factor = factor > 1 ? 1 : factor < 1 ? 1 : random() < 0.5 ? 3 : 1 / 3;
      changeAt = minute + exponential(random, 10 * 1440);
    }
    return use(minute) * factor;
  };
};

/** Jobs that run from evening to morning. */
const nights: User = (random) => {
  const from = 20 * 60 + random() * 180;
  const length = 4 * 60 + random() * 240;
  return (minute) => ((minute - from + 1440) % 1440 < length ? noisy(random) : 0);
};

/** A service that is asked day and night, more by day. */
const service: User = (random) => {
  const phase = random() * 1440;
  return (minute) => noisy(random) * (1 + 0.5 * Math.sin(((minute + phase) / 1440) * 2 * Math.PI));
};

export const traceClasses: readonly TraceClass[] = [
  { name: "steady", user: steady, window: "5 hours", every: 5, days: 3 },
  { name: "bursts", user: bursts, window: "5 hours", every: 5, days: 3 },
  { name: "stops half-way", user: stops, window: "5 hours", every: 5, days: 3 },
  { name: "late figures, steady", user: steady, window: "5 hours", every: 5, days: 3, lag: [15, 5] },
  { name: "late figures, bursts", user: bursts, window: "5 hours", every: 5, days: 3, lag: [20, 10] },
  { name: "whole percent", user: steady, window: "5 hours", every: 5, days: 3, percent: true },
  { name: "missed polls", user: bursts, window: "5 hours", every: 5, days: 3, missed: 0.3, sleeps: 2 },
  { name: "reset jitter", user: steady, window: "5 hours", every: 5, days: 3, jitter: 90 },
  { name: "office, week", user: office, window: "week", every: 10, days: 28, percent: true },
  { name: "office, month", user: office, window: "month", every: 15, days: 61 },
  { name: "nights, week", user: nights, window: "week", every: 10, days: 28 },
  { name: "office, balance", user: office, window: "balance", every: 15, days: 61 },
  { name: "changing office, balance", user: changing, window: "balance", every: 15, days: 61 },
  { name: "service, balance", user: service, window: "balance", every: 10, days: 40, lag: [30, 10] },
  {
    name: "all of it, week",
    user: office,
    window: "week",
    every: 10,
    days: 28,
    missed: 0.2,
    sleeps: 1,
    lag: [30, 10],
    percent: true,
    jitter: 90,
  },
];

/** One trace of a class. The limit is drawn so that some windows run out and others do not. */
export function makeTrace(traceClass: TraceClass, seed: number): Trace {
  const random = seededRandom(seed);
  const minutes = traceClass.days * 1440;
  const use = traceClass.user(random);
  // used[m]: until minute m began. Figures are large enough for rounding to whole units not to matter.
  const used = new Float64Array(minutes + 1);
  for (let minute = 0; minute < minutes; minute += 1) used[minute + 1] = (used[minute] ?? 0) + 1_000 * use(minute);
  const total = used[minutes] ?? 0;
  const end = START + minutes * MINUTE;

  const usedUntil = (at: number): number => {
    const position = Math.min(minutes, Math.max(0, (at - START) / MINUTE));
    const whole = Math.floor(position);
    const from = used[whole] ?? total;
    return from + ((used[whole + 1] ?? from) - from) * (position - whole);
  };
  const reaches = (amount: number): number | null => {
    if (amount > total) return null;
    let low = 0;
    let high = minutes;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((used[middle] ?? 0) >= amount) high = middle;
      else low = middle + 1;
    }
    return START + low * MINUTE;
  };

  const windowMs = traceClass.window === "balance" ? null : WINDOW_MS[traceClass.window];
  const windowStart = (at: number) => (windowMs === null ? START : at - ((at - START) % windowMs));
  const perWindow = windowMs === null ? (total / traceClass.days) * 7 : (total / (end - START)) * windowMs;
  const limit = Math.max(1, Math.round(perWindow * (0.5 + random() * 0.9)));
  const topUps = windowMs === null ? topUpTimes(limit) : [];

  /** What had been granted until a time, counted from the start of the trace. */
  const grantedUntil = (at: number): number =>
    windowMs === null ? limit * (1 + topUps.filter((time) => time <= at).length) : usedUntil(windowStart(at)) + limit;

  function topUpTimes(amount: number): number[] {
    const times: number[] = [];
    for (let granted = amount; ; granted += amount) {
      // Topped up when 5–30 % is left, or else the gateway would refuse.
      const time = reaches(granted - amount * (0.05 + random() * 0.25));
      if (time === null) return times;
      times.push(time);
    }
  }

  const readings: TracedReading[] = [];
  let sleepsUntil = START;
  for (let at = START + random() * MINUTE; at < end; at += traceClass.every * MINUTE * (0.9 + random() * 0.2)) {
    const perPoll = (traceClass.every * MINUTE) / DAY;
    if (at > sleepsUntil && random() < (traceClass.sleeps ?? 0) * perPoll) sleepsUntil = at + (1 + random() * 8) * HOUR;
    if (at < sleepsUntil || random() < (traceClass.missed ?? 0)) continue;
    const resetsAt = windowMs === null ? null : windowStart(at) + windowMs;
    const jitter = Math.round((random() * 2 - 1) * (traceClass.jitter ?? 0)) * 1000;
    const seen = Math.max(windowStart(at), seenAt(at, traceClass.lag));
    const remaining = grantedUntil(at) - usedUntil(seen);
    readings.push({
      at,
      meter: meterOf(traceClass, resetsAt === null ? null : resetsAt + jitter, limit, Math.max(0, remaining)),
    });
  }
  return {
    readings,
    usedUntil,
    reaches,
    endOf: grantedUntil,
    resetAfter: (at) => (windowMs === null ? null : windowStart(at) + windowMs),
    until: end,
  };
}

const WINDOW_MS = { "5 hours": 5 * HOUR, week: 7 * DAY, month: 30 * DAY } as const;

/** The time that a figure told at `at` is of. */
function seenAt(at: number, lag: TraceClass["lag"]): number {
  if (lag === undefined) return at;
  const [step, age] = lag;
  return at - ((at - START) % (step * MINUTE)) - age * MINUTE;
}

function meterOf(traceClass: TraceClass, resetsAt: number | null, limit: number, remaining: number): Meter {
  const share = Math.ceil((remaining / limit) * 100);
  return {
    id: "quota",
    label: { key: "meter.tokens" },
    ...(traceClass.percent === true
      ? { unit: { kind: "percent" }, limit: 100, used: 100 - share, remaining: share }
      : {
          unit: { kind: "tokens" },
          limit: resetsAt === null ? "unknown" : limit,
          used: resetsAt === null ? "unknown" : limit - Math.round(remaining),
          remaining: Math.round(remaining),
        }),
    window: windowOf(traceClass.window, resetsAt),
    scope: "key",
    confidence: "reported",
  };
}

function windowOf(kind: TraceClass["window"], resetsAt: number | null): Window {
  switch (kind) {
    case "balance":
      return { kind: "balance" };
    case "5 hours":
    case "week":
    case "month":
      return { kind: "rolling", lengthMs: WINDOW_MS[kind], resetsAt, resetBasis: "reported" };
  }
}
