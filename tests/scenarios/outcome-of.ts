import type { RegisteredSource } from "../../app/sources/source.ts";
import { type Answers, readAnswers } from "./read-answers.ts";
import type { ReadScenarioOptions, ScenarioOutcome } from "./read-scenario.ts";

/** What reading comes to where a service gives these answers, by "GET /path"; its trace says what was asked. */
export async function outcomeOf(
  source: RegisteredSource,
  answers: Answers,
  options: ReadScenarioOptions & { readonly now?: string } = {},
): Promise<ScenarioOutcome> {
  return (await readAnswers(source, answers, options)).outcome;
}
