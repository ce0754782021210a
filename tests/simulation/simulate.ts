// `npm run simulate -- --days 365 --sources 500 --seed 7`: lets the app live through so much time, and says what went wrong.
import { parseArgs } from "node:util";
import { describeResult } from "./describe-result.ts";
import { runSimulation, STANDARD } from "./run-simulation.ts";
import { COMPUTER } from "./trace.ts";

const { values } = parseArgs({
  options: {
    days: { type: "string", default: String(STANDARD.days) },
    sources: { type: "string", default: String(STANDARD.sources) },
    seed: { type: "string", default: new Date().toISOString().slice(0, 10) },
    restarts: { type: "string", default: String(STANDARD.restarts) },
    interval: { type: "string", default: String(STANDARD.intervalSeconds) },
    /** So many times as much as usual is done and happens. */
    bustle: { type: "string", default: "1" },
    /** Ends after so many days of them. */
    "stop-after": { type: "string" },
    /** A source of which everything is shown as it happens. */
    watch: { type: "string" },
    /** Of what led to a violation. */
    lines: { type: "string", default: String(STANDARD.days) },
  },
});

const { watch } = values;
const result = await runSimulation(
  {
    days: Number(values.days),
    sources: Number(values.sources),
    seed: values.seed,
    restarts: Number(values.restarts),
    intervalSeconds: Number(values.interval),
    bustle: Number(values.bustle),
    ...(values["stop-after"] !== undefined && { stopAfterDays: Number(values["stop-after"]) }),
  },
  watch === undefined
    ? undefined
    : (subject, line) => {
        if (subject === watch || subject === COMPUTER) console.log(line);
      },
);
console.log(describeResult(result, Number(values.lines)));
process.exitCode = result.violations.length === 0 ? 0 : 1;
