import type { RegisteredSource } from "../../app/sources/source.ts";
import { type ReadScenarioOptions, readScenario, type ScenarioOutcome } from "./read-scenario.ts";
import { scenarioSchema } from "./scenario.ts";

interface Surroundings extends ReadScenarioOptions {
  readonly now?: string;
  readonly basePath?: string;
}

/** Reads answers that a test writes down in place, by "GET /path"; routes that are not there are 404. */
export function readAnswers(
  source: RegisteredSource,
  answers: Readonly<Record<string, object>>,
  { now, basePath, ...options }: Surroundings = {},
): Promise<ScenarioOutcome> {
  const scenario = scenarioSchema.parse({
    ...(now !== undefined && { now }),
    ...(basePath !== undefined && { basePath }),
    answers,
    expect: { meters: [] },
  });
  return readScenario(source, scenario, options);
}
