import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Meter } from "../quota/meter.ts";
import { forecastMeter } from "./forecast.ts";
import { addSample, type Sample } from "./samples.ts";

const START = Date.parse("2026-11-20T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const meter = (remaining: Meter["remaining"], resetsAt: number | null = START + 5 * HOUR): Meter => ({
  id: "tokens",
  label: { key: "meter.tokens" },
  unit: { kind: "tokens" },
  limit: 1000,
  used: "unknown",
  remaining,
  window: resetsAt === null ? { kind: "balance" } : { kind: "period", resetsAt, resetBasis: "reported" },
  scope: "key",
  confidence: "reported",
});

/** Samples of a quota that falls evenly, every five minutes. */
const falling = (count: number, from: number, perSample: number): Sample[] =>
  Array.from({ length: count }, (_, index) => ({
    at: START + index * 5 * MINUTE,
    remaining: from - index * perSample,
  }));

describe("forecastMeter", () => {
  it("draws an even fall on to its end", () => {
    // 10 in 5 minutes, 370 left at 12:15: used up 185 minutes later.
    const samples = falling(4, 400, 10);
    const now = START + 15 * MINUTE;
    expect(forecastMeter(meter(370), samples, now)).toMatchObject({
      runsOutAt: START + (15 + 185) * MINUTE,
      beforeReset: true,
    });
    expect(forecastMeter(meter(370, START + 2 * HOUR), samples, now)?.beforeReset).toBe(false);
    expect(forecastMeter(meter(370, null), samples, now)?.beforeReset).toBeNull();
  });

  it.each<[string, Sample[]]>([
    ["no samples", []],
    ["too few of them", falling(3, 400, 10)],
    ["too short a time", falling(6, 400, 10).map((sample, index) => ({ ...sample, at: START + index * MINUTE }))],
    ["nothing used", falling(6, 400, 0)],
    ["nothing left", falling(5, 40, 10)],
    ["an end too far off", falling(6, 1_000_000_000, 1)],
  ])("says nothing on %s", (_name, samples) => {
    expect(forecastMeter(meter(100), samples, START + HOUR)).toBeNull();
  });

  it("finds the rate of any even fall, however the figures are rounded", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 60 }),
        fc.integer({ min: 1_000, max: 5_000 }),
        fc.integer({ min: 5, max: 60 }),
        (count, perSample, left) => {
          const samples = falling(count, (count - 1 + left) * perSample + 0, perSample).map(
            ({ at, remaining }, index) => ({
              at,
              // Rounded up and down in turn, as figures of a gateway are.
              remaining: remaining + (index % 2),
            }),
          );
          const forecast = forecastMeter(meter(left), samples, START + (count - 1) * 5 * MINUTE);
          const truth = START + (count - 1 + left) * 5 * MINUTE;
          expect(Math.abs((forecast?.runsOutAt ?? 0) - truth)).toBeLessThan(left * 5 * MINUTE * 0.01 + MINUTE);
        },
      ),
    );
  });
});

describe("addSample", () => {
  const add = (samples: readonly Sample[], remaining: Meter["remaining"], minutes: number) =>
    addSample(samples, meter(remaining), START + minutes * MINUTE);

  it("follows a fall, and begins anew when more is left than before", () => {
    const fall = add(add(add([], 50, 0), 40, 5), 40, 10);
    expect(fall.map(({ remaining }) => remaining)).toEqual([50, 40, 40]);
    expect(add(fall, 100, 15).map(({ remaining }) => remaining)).toEqual([100]);
  });

  it.each<[string, Meter["remaining"]]>([
    ["unknown", "unknown"],
    ["unlimited", "unlimited"],
  ])("leaves the run as it is on %s", (_name, remaining) => {
    const run = add([], 50, 0);
    expect(add(run, remaining, 5)).toBe(run);
  });

  it("ignores figures from before their reset, and a clock that was set back", () => {
    const run = add([], 50, 0);
    expect(addSample(run, meter(40, START), START + MINUTE)).toBe(run);
    expect(add(add(run, 40, 10), 39, 5)).toEqual([{ at: START + 5 * MINUTE, remaining: 39 }]);
  });

  it("keeps a bounded number", () => {
    let run: readonly Sample[] = [];
    for (let index = 0; index < 250; index += 1) run = add(run, 250 - index, index);
    expect(run).toHaveLength(60);
    expect(run.at(-1)?.remaining).toBe(1);
  });
});
