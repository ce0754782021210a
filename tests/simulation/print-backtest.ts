// `npm run forecast-backtest`: how far forecasts were off along the traces, as the table of docs/behaviour/forecast.md.
import { backtest, leastSquares, naive, present } from "./backtest.ts";
import { traceClasses } from "./backtest-traces.ts";

const seeds = Array.from({ length: Number(process.argv[2] ?? 40) }, (_, index) => 1000 + index);
const percent = (share: number) =>
  Number.isNaN(share) ? "–" : Number.isFinite(share) ? `${Math.round(share * 100)} %` : "∞";

console.log(
  "| trace | way | moments | median error | 90 % below | range holds | range width | lasts or not | verdict |",
);
console.log("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
for (const traceClass of traceClasses) {
  for (const score of backtest(traceClass, seeds, [present, leastSquares, naive])) {
    const own = score.forecaster === present.name;
    const cells = [
      own ? score.traceClass : "",
      score.forecaster,
      String(score.moments),
      percent(score.median),
      percent(score.p90),
      own ? percent(score.coverage) : "",
      own ? percent(score.width) : "",
      percent(score.lasts),
      percent(score.verdicts),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}
