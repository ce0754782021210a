// One simulation in a process of its own: its options as JSON in the first argument, what came of it as JSON on stdout.
import { describeResult } from "./describe-result.ts";
import { runSimulation } from "./run-simulation.ts";
import { optionsSchema } from "./simulation-process.ts";

const result = await runSimulation(optionsSchema.parse(JSON.parse(process.argv[2] ?? "")));
const violations = result.violations.map(({ invariant, source, message }) => ({ invariant, source, message }));
console.log(JSON.stringify({ counts: result.counts, violations, text: describeResult(result) }));
