// The back-test of forecasts: what each way to forecast said along the traces, against what then happened.
import { forecastMeter, verdictOf } from "../../app/forecast/forecast.ts";
import { addSample, type Sample } from "../../app/forecast/samples.ts";
import type { Meter } from "../../app/quota/meter.ts";
import { MINUTE, makeTrace, type Trace, type TraceClass, type TracedReading } from "./backtest-traces.ts";

/** What was said at one moment. Epoch milliseconds; null: it will not run out, or nobody can tell when. */
interface Said {
  readonly runsOutAt: number | null;
  readonly earliest: number | null;
  readonly latest: number | null;
}

/** A way to forecast. */
export interface Forecaster {
  readonly name: string;
  /** Follows one trace: takes its readings one by one, and says when asked what it makes of them. */
  start(): Follower;
}

interface Follower {
  take(reading: TracedReading): void;
  say(): Said | null;
}

/** Ours, as the app runs it. */
export const present: Forecaster = {
  name: "Plimsoll",
  start() {
    let samples: readonly Sample[] = [];
    let last: TracedReading | null = null;
    return {
      take(reading) {
        last = reading;
        samples = addSample(samples, reading.meter, reading.at);
      },
      say: () => (last === null ? null : forecastMeter(last.meter, samples, last.at)),
    };
  },
};

/** The slope between the last two readings. */
export const naive: Forecaster = {
  name: "last two",
  start: () =>
    ofRun((run) => {
      const [first, last] = [run.at(-2), run.at(-1)];
      if (first === undefined || last === undefined) return null;
      return drawnOn(last, (first.remaining - last.remaining) / (last.at - first.at));
    }),
};

/** The least-squares line through the readings of the present run of use: what the app did at first. */
export const leastSquares: Forecaster = {
  name: "straight line",
  start: () =>
    ofRun((run) => {
      const [first, last] = [run[0], run.at(-1)];
      if (first === undefined || last === undefined || run.length < 4 || last.at - first.at < 10 * MINUTE) return null;
      const meanX = run.reduce((sum, { at }) => sum + (at - first.at), 0) / run.length;
      const meanY = run.reduce((sum, { remaining }) => sum + remaining, 0) / run.length;
      let covariance = 0;
      let variance = 0;
      for (const { at, remaining } of run) {
        covariance += (at - first.at - meanX) * (remaining - meanY);
        variance += (at - first.at - meanX) ** 2;
      }
      return drawnOn(last, variance === 0 ? 0 : -covariance / variance);
    }),
};

interface Point {
  readonly at: number;
  readonly remaining: number;
}

/** Follows the readings since more was left than before, sixty at most. */
function ofRun(say: (run: readonly Point[]) => Said | null): Follower {
  let run: Point[] = [];
  return {
    take({ at, meter: { remaining } }) {
      if (typeof remaining !== "number") return;
      const last = run.at(-1);
      if (last !== undefined && remaining > last.remaining) run = [];
      run.push({ at, remaining });
      if (run.length > 60) run.shift();
    },
    say: () => ((run.at(-1)?.remaining ?? 0) <= 0 ? null : say(run)),
  };
}

function drawnOn(last: Point, perMs: number): Said {
  const runsOutAt = perMs > 0 ? last.at + last.remaining / perMs : null;
  return { runsOutAt, earliest: runsOutAt, latest: runsOutAt };
}

/** How one way did on one class of traces. */
export interface Score {
  readonly traceClass: string;
  readonly forecaster: string;
  /** Moments at which it would truly run out (before its reset). */
  readonly moments: number;
  /** Of the error of the run-out time as a share of the time that was left; infinite where it was said to last. */
  readonly median: number;
  readonly p90: number;
  /** Share of the true run-out times that lay in the range, among moments at which one was told or true. */
  readonly coverage: number;
  /** Median width of the range as a share of the time that was left. */
  readonly width: number;
  /** Share of moments at which it was said rightly whether it lasts until its reset; NaN for balances. */
  readonly lasts: number;
  /** Share of right verdicts of three; NaN for balances. */
  readonly verdicts: number;
  /** Of the moments at which the whole range lay before the reset, the share that truly ran out; NaN where there were none. */
  readonly sure: number;
}

/** Moments per trace at which is asked. */
const ASKED = 60;
/** Not asked before so much of a window was watched: whoever says something then says it of nothing. */
const WATCHED_MS = 20 * MINUTE;
/** A run-out time nearer than this is as good as now. */
const NEAREST_MS = 10 * MINUTE;

export function backtest(
  traceClass: TraceClass,
  seeds: readonly number[],
  forecasters: readonly Forecaster[],
): Score[] {
  const tallies = forecasters.map((forecaster) => ({ forecaster, tally: newTally() }));
  for (const seed of seeds) {
    const trace = makeTrace(traceClass, seed);
    for (const { forecaster, tally } of tallies) follow(trace, forecaster, tally);
  }
  return tallies.map(({ forecaster, tally }) => scoreOf(traceClass.name, forecaster.name, tally));
}

interface Tally {
  errors: number[];
  widths: number[];
  covered: number[];
  lasts: number[];
  verdicts: number[];
  sure: number[];
}

const newTally = (): Tally => ({ errors: [], widths: [], covered: [], lasts: [], verdicts: [], sure: [] });

function follow(trace: Trace, forecaster: Forecaster, tally: Tally): void {
  const follower = forecaster.start();
  const step = Math.max(1, Math.floor(trace.readings.length / ASKED));
  let watchedFrom = Number.POSITIVE_INFINITY;
  let reset: number | null = null;
  for (const [index, reading] of trace.readings.entries()) {
    const { at, meter } = reading;
    follower.take(reading);
    const nextReset = trace.resetAfter(at);
    if (index === 0 || nextReset !== reset) watchedFrom = at;
    reset = nextReset;
    if (index % step !== 0 || at - watchedFrom < WATCHED_MS || isUsedUp(meter)) continue;
    judge(follower.say(), at, trace, tally);
  }
}

const isUsedUp = ({ remaining }: Meter) => typeof remaining !== "number" || remaining <= 0;

function judge(said: Said | null, at: number, trace: Trace, tally: Tally): void {
  const reset = trace.resetAfter(at);
  const truth = trace.reaches(trace.endOf(at)) ?? Number.POSITIVE_INFINITY;
  // What is told late may be used up already; and what ends after the trace is not known.
  if (truth - at < NEAREST_MS || (reset === null ? truth : Math.min(truth, reset)) > trace.until) return;
  const horizon = reset ?? Number.POSITIVE_INFINITY;
  const told = said?.runsOutAt ?? Number.POSITIVE_INFINITY;
  if (truth < horizon) {
    tally.errors.push(Math.abs(told - truth) / (truth - at));
    if (said?.earliest != null) tally.widths.push(((said.latest ?? horizon) - said.earliest) / (truth - at));
  }
  if (said !== null && Math.min(truth, told) < horizon) {
    const earliest = Math.min(said.earliest ?? Number.POSITIVE_INFINITY, horizon);
    const latest = Math.min(said.latest ?? Number.POSITIVE_INFINITY, horizon);
    const end = Math.min(truth, horizon);
    tally.covered.push(earliest <= end && end <= latest ? 1 : 0);
  }
  if (reset === null) return;
  if (said?.latest != null && said.latest < reset) tally.sure.push(truth < reset ? 1 : 0);
  tally.lasts.push(told < reset === truth < reset ? 1 : 0);
  tally.verdicts.push(verdictOf(told - at, reset - at) === verdictOf(truth - at, reset - at) ? 1 : 0);
}

function scoreOf(traceClass: string, forecaster: string, tally: Tally): Score {
  return {
    traceClass,
    forecaster,
    moments: tally.errors.length,
    median: quantile(tally.errors, 0.5),
    p90: quantile(tally.errors, 0.9),
    coverage: mean(tally.covered),
    width: quantile(tally.widths, 0.5),
    lasts: mean(tally.lasts),
    verdicts: mean(tally.verdicts),
    sure: mean(tally.sure),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}
