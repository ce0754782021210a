// `npm run forecast-backtest`: how far forecasts were off along the traces, as the table of docs/behaviour/forecast.md.
// With a number: so many traces of each class, forty unless told.
import { cpus } from "node:os";
import { forecastMeter } from "../../app/forecast/forecast.ts";
import { addSample, type Sample } from "../../app/forecast/samples.ts";
import type { Meter } from "../../app/quota/meter.ts";
import { backtest, leastSquares, naive, present, type Score } from "./backtest.ts";
import { makeTrace, traceClasses } from "./backtest-traces.ts";

const FIRST_SEED = 1000;
const traces = Math.max(1, Math.floor(Number(process.argv[2] ?? 40)) || 40);
const seeds = Array.from({ length: traces }, (_, index) => FIRST_SEED + index);

const percent = (share: number) =>
  Number.isNaN(share) ? "–" : Number.isFinite(share) ? `${Math.round(share * 100)} %` : "∞";
const three = (scores: readonly Score[], of: (score: Score) => string) => scores.map(of).join(" · ");

console.log(`${traces} traces of each class. Ours · ${leastSquares.name} · ${naive.name}\n`);
console.log(
  "| trace class | moments | median error | 90 % are below | lasts or not | verdict | range holds | range width | sure |",
);
console.log("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
for (const traceClass of traceClasses) {
  const scores = backtest(traceClass, seeds, [present, leastSquares, naive]);
  const [ours] = scores;
  if (ours === undefined) continue;
  const cells = [
    traceClass.name,
    String(ours.moments),
    three(scores, ({ median }) => percent(median)),
    three(scores, ({ p90 }) => percent(p90)),
    Number.isNaN(ours.lasts) ? "–" : three(scores, ({ lasts }) => percent(lasts)),
    Number.isNaN(ours.verdicts) ? "–" : three(scores, ({ verdicts }) => percent(verdicts)),
    percent(ours.coverage),
    percent(ours.width),
    percent(ours.sure),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

console.log(
  `\nA forecast from 60 samples takes ${costMicros().toFixed(0)} µs here (${cpus()[0]?.model ?? "unknown CPU"}).`,
);

/** Of an office's balance, whose days and weeks have to be told apart; the best of several rounds, since others use the machine, too. */
function costMicros(): number {
  const office = traceClasses.find(({ name }) => name === "office, balance");
  if (office === undefined) return Number.NaN;
  let samples: readonly Sample[] = [];
  const asked: { readonly meter: Meter; readonly samples: readonly Sample[]; readonly at: number }[] = [];
  for (const { at, meter } of makeTrace(office, FIRST_SEED).readings) {
    samples = addSample(samples, meter, at);
    if (samples.length >= 55 && samples.length <= 65) asked.push({ meter, samples, at });
  }
  const rounds = Array.from({ length: 30 }, () => {
    const from = performance.now();
    for (const { meter, samples: watched, at } of asked) forecastMeter(meter, watched, at);
    return ((performance.now() - from) / asked.length) * 1000;
  });
  return Math.min(...rounds);
}
