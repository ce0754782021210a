import type { HttpTransport } from "../../app/ports.ts";
import { ReadError } from "../../app/quota/failure.ts";
import { type Reading, readingSchema, type TraceStep } from "../../app/quota/reading.ts";
import { withoutApiPath } from "../../app/settings/base-url.ts";
import { createReadContext } from "../../app/sources/read-context.ts";
import type { RegisteredSource } from "../../app/sources/source.ts";
import { answerOf, bodyText, type Scenario } from "./scenario.ts";

export const SCENARIO_KEY = "sk-scenario-0123456789abcdef";

/** What reading a scenario gave. */
export type ScenarioOutcome =
  | { readonly ok: true; readonly reading: Reading; readonly trace: readonly TraceStep[] }
  | {
      readonly ok: false;
      readonly cause: string;
      readonly detail: string | null;
      readonly trace: readonly TraceStep[];
    };

export interface ReadScenarioOptions {
  readonly http?: HttpTransport;
  readonly origin?: string;
  readonly timeoutMs?: number;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Reads a scenario as a poll would: through the read context, with the source's own auth. */
export async function readScenario(
  source: RegisteredSource,
  scenario: Scenario,
  {
    http = scenarioTransport(scenario),
    origin = "https://service.example",
    timeoutMs,
    options,
  }: ReadScenarioOptions = {},
): Promise<ScenarioOutcome> {
  const { context, trace } = createReadContext({
    http,
    baseUrl: withoutApiPath(origin + scenario.basePath, source.apiPaths ?? []),
    key: SCENARIO_KEY,
    auth: source.auth,
    facts: scenario.facts,
    allowsPost: source.allowsPost ?? false,
    now: Date.parse(scenario.now),
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  try {
    const read = await source.prepare(options ?? scenario.options);
    return { ok: true, reading: readingSchema.parse(await read(context)), trace };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { ok: false, cause: error.failure.cause, detail: error.failure.detail, trace };
  }
}

/** Answers from the scenario without a network; a route that it does not have is a 404. */
export function scenarioTransport(scenario: Scenario): HttpTransport {
  return {
    async send({ method, url }) {
      const { pathname, search } = new URL(url);
      const answer = answerOf(scenario, method, pathname + search);
      const body = answer === undefined ? '{"error":{"message":"no such route"}}' : bodyText(answer);
      return {
        ok: true,
        status: answer?.status ?? 404,
        headers: { "content-type": "application/json", ...answer?.headers },
        body,
        ms: 5,
        bytes: Buffer.byteLength(body),
      };
    },
  };
}
