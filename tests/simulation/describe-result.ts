import type { SimulationOptions, SimulationResult } from "./run-simulation.ts";
import { describeViolation } from "./violations.ts";

/** How to see the same again. */
export function replayCommand({
  days,
  sources,
  seed,
  restarts,
  intervalSeconds,
  bustle = 1,
}: SimulationOptions): string {
  return `npm run simulate -- --days ${days} --sources ${sources} --restarts ${restarts} --interval ${intervalSeconds} --bustle ${bustle} --seed ${seed}`;
}

/** One line of figures; for a failure each violation with what led to it in so many lines, and the command that shows it again. */
export function describeResult(
  { options, counts, seconds, cpuSeconds, violations }: SimulationResult,
  lines = 60,
): string {
  const figures = [
    `${options.days} days of ${options.sources} sources in ${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of processor)`,
    `${counts.polls} polls (${counts.failures} without figures)`,
    `${counts.alerts} alerts`,
    `${counts.starts} starts`,
    `${counts.actions} actions of the user`,
    `${counts.lostInCrash} alerts lost in power cuts`,
  ].join(", ");
  if (violations.length === 0) return figures;
  return [
    ...violations.map((violation) => describeViolation(violation, lines)),
    figures,
    `Again: ${replayCommand(options)}`,
  ].join("\n\n");
}
