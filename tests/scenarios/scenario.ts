import { readdirSync, readFileSync } from "node:fs";
import * as z from "zod";

const answerSchema = z.strictObject({
  status: z.number().int().default(200),
  headers: z.record(z.string(), z.string()).default({}),
  /** Sent as JSON. */
  body: z.unknown().optional(),
  /** Sent as it is, instead of `body`. */
  text: z.string().optional(),
  /** Answered without the key, too. */
  public: z.boolean().default(false),
});

/** A meter as `plimsoll status --json` prints it (docs/json.md): money in dollars, times in ISO. Fields left out are not compared. */
const expectedMeterSchema = z.strictObject({
  id: z.string(),
  label: z.string().optional(),
  unit: z.string(),
  currency: z.string().nullable().optional(),
  limit: z.union([z.number(), z.literal("unlimited"), z.null()]),
  used: z.union([z.number(), z.literal("unlimited"), z.null()]),
  remaining: z.union([z.number(), z.literal("unlimited"), z.null()]),
  percentRemaining: z.union([z.number(), z.literal("unlimited"), z.null()]).optional(),
  resetsAt: z.string().nullable(),
  refillsAt: z.string().nullable().optional(),
  window: z.string(),
  scope: z.string(),
  confidence: z.string(),
});

const expectedSchema = z.union([
  z.strictObject({
    meters: z.array(expectedMeterSchema),
    account: z.string().nullable().optional(),
    /** Message keys of the notices. */
    notices: z.array(z.string()).optional(),
  }),
  z.strictObject({ cause: z.string(), detail: z.string().nullable().optional() }),
]);

/**
 * What a service answers, and what Plimsoll has to make of it. Each `fixtures/<name>.json` of a source is one. It is served by the
 * canned transport in unit tests and over real HTTP in the conformance, probe and browser tests.
 */
export const scenarioSchema = z.strictObject({
  /** The clock of the poll. */
  now: z.iso.datetime().default("2026-11-20T12:00:00Z"),
  /** Options of the source. */
  options: z.record(z.string(), z.unknown()).default({}),
  /** What the file with the key says besides it. */
  facts: z.record(z.string(), z.string()).default({}),
  /** Path of the base URL, for services that are not at the root: "/client/v4/accounts/abc". */
  basePath: z.string().default(""),
  /** By "GET /path" below the origin, with the query where it matters ("GET /path?a=1" is tried before "GET /path"). */
  answers: z.record(z.string().regex(/^(GET|POST) \//), answerSchema),
  expect: expectedSchema,
});
export type Scenario = z.output<typeof scenarioSchema>;
export type ScenarioAnswer = Scenario["answers"][string];

/** The answer to a request; undefined where the service has no such route. */
export function answerOf(scenario: Scenario, method: string, target: string): ScenarioAnswer | undefined {
  const answers = new Map(Object.entries(scenario.answers));
  return answers.get(`${method} ${target}`) ?? answers.get(`${method} ${target.split("?")[0] ?? target}`);
}

export function bodyText({ text, body }: ScenarioAnswer): string {
  return text ?? (body === undefined ? "" : JSON.stringify(body));
}

/** All fixtures of a source's folder, by name. */
export function loadScenarios(fixtures: URL): ReadonlyMap<string, Scenario> {
  const names = readdirSync(fixtures).filter((name) => name.endsWith(".json"));
  return new Map(names.map((name) => [name.slice(0, -5), loadScenario(new URL(name, fixtures))]));
}

function loadScenario(file: URL): Scenario {
  const parsed = scenarioSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success) throw new Error(`${file.pathname} is no scenario: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
