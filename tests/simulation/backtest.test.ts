import { describe, expect, it } from "vitest";
import { backtest, leastSquares, naive, present, type Score } from "./backtest.ts";
import { type TraceClass, traceClasses } from "./backtest-traces.ts";

/** Few, and always the same: `npm run forecast-backtest` runs many. */
const SEEDS = [1, 2, 3, 4, 5, 6];

/**
 * Where drawing the last two readings on is better at telling what does not run out: whoever stops for good at any moment of a
 * window, whatever was done in the one before, is foretold best by forgetting all.
 */
const FORGETTING_WINS: ReadonlySet<string> = new Set(["stops half-way"]);

const scores = new Map<TraceClass, readonly Score[]>(
  traceClasses.map((traceClass) => [traceClass, backtest(traceClass, SEEDS, [present, naive, leastSquares])]),
);

const of = (traceClass: TraceClass, name: string): Score => {
  const score = scores.get(traceClass)?.find(({ forecaster }) => forecaster === name);
  if (score === undefined) throw new Error(`no score of ${name}`);
  return score;
};

describe.each(traceClasses)("on the trace class $name", (traceClass) => {
  const [ours, slope] = [of(traceClass, present.name), of(traceClass, naive.name)];

  it("has moments enough to judge by", () => {
    expect(ours.moments).toBeGreaterThanOrEqual(20);
  });

  it("the run-out time is nearer to the truth than the slope of the last two readings", () => {
    expect(ours.median).toBeLessThan(slope.median);
    if (!FORGETTING_WINS.has(traceClass.name)) expect(ours.p90).toBeLessThan(slope.p90);
  });

  it("whether it lasts until its reset is said rightly at least as often", () => {
    if (traceClass.window === "balance" || FORGETTING_WINS.has(traceClass.name)) return;
    expect(ours.lasts).toBeGreaterThanOrEqual(slope.lasts);
  });

  it("the range holds the truth about as often as it is meant to", () => {
    expect(ours.coverage).toBeGreaterThan(0.65);
  });
});

describe("over all traces", () => {
  it("errors are smaller than those of a straight line where nights lie in between", () => {
    for (const traceClass of traceClasses.filter(({ window }) => window !== "5 hours")) {
      const [ours, line] = [of(traceClass, present.name), of(traceClass, leastSquares.name)];
      expect(ours.median).toBeLessThan(line.median * 0.75);
      expect(ours.p90).toBeLessThan(line.p90);
    }
  });

  it("who says nothing is wrong by all there is", () => {
    const silent = { name: "silent", start: () => ({ take: () => undefined, say: () => null }) };
    const [score] = traceClasses.slice(0, 1).flatMap((traceClass) => backtest(traceClass, SEEDS, [silent]));
    expect(score).toMatchObject({ median: Number.POSITIVE_INFINITY, coverage: Number.NaN });
  });
});
