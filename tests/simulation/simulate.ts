// `npm run simulate -- --days 365 --sources 500 --seed 7`: lets the app live through so much time, and says what went wrong.
import { parseArgs } from "node:util";
import { describeResult } from "./describe-result.ts";
import { runSimulation } from "./run-simulation.ts";

const { values } = parseArgs({
  options: {
    days: { type: "string", default: "60" },
    sources: { type: "string", default: "200" },
    seed: { type: "string", default: new Date().toISOString().slice(0, 10) },
    restarts: { type: "string", default: "100" },
    /** Of what led to a violation. */
    lines: { type: "string", default: "60" },
  },
});

const result = await runSimulation({
  days: Number(values.days),
  sources: Number(values.sources),
  seed: values.seed,
  restarts: Number(values.restarts),
});
console.log(describeResult(result, Number(values.lines)));
process.exitCode = result.violations.length === 0 ? 0 : 1;
