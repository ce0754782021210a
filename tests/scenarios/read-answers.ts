import type { HttpRequest, HttpTransport } from "../../app/ports.ts";
import type { RegisteredSource } from "../../app/sources/source.ts";
import { type ReadScenarioOptions, readScenario, type ScenarioOutcome, scenarioTransport } from "./read-scenario.ts";
import { scenarioSchema } from "./scenario.ts";

/** Answers as a fixture has them, by "GET /path". */
export type Answers = Readonly<Record<string, unknown>>;

/** Reads answers that a test wrote down, and keeps what was asked. Throws where an answer is not one of a fixture. */
export async function readAnswers(
  source: RegisteredSource,
  answers: Answers,
  options: ReadScenarioOptions & { readonly now?: string } = {},
): Promise<{ readonly outcome: ScenarioOutcome; readonly requests: readonly HttpRequest[] }> {
  const { now, ...rest } = options;
  const scenario = scenarioSchema.parse({ answers, expect: { cause: "none" }, ...(now !== undefined && { now }) });
  const requests: HttpRequest[] = [];
  const answering = scenarioTransport(scenario);
  const http: HttpTransport = {
    send: (request) => {
      requests.push(request);
      return answering.send(request);
    },
  };
  return { outcome: await readScenario(source, scenario, { http, ...rest }), requests };
}

/** The meters that were read, by id. Throws with the cause where reading failed. */
export function metersById(outcome: ScenarioOutcome) {
  if (!outcome.ok) throw new Error(`${outcome.cause}: ${outcome.detail ?? ""}`);
  return new Map(outcome.reading.meters.map((meter) => [meter.id, meter]));
}
