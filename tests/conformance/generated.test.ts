import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sources } from "../../app/sources/registry.ts";
import { scenarioTransport } from "../scenarios/read-scenario.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { replaceLeaf, rewriteAnswers } from "./mutations.ts";
import { pollScenario } from "./poll-scenario.ts";
import { brokenFigures, fixturesOf } from "./run-matrix.ts";

const cases = sources.map((source) => ({ id: source.id, source, scenarios: [...fixturesOf(source).values()] }));

/** Values that services send where something else was meant. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    "",
    "0",
    "-1",
    -1,
    0,
    1e308,
    100_000_000,
    "NaN",
    "1e9",
    [],
    {},
    "2026-13-01",
    "∞",
  ),
  fc.double(),
  fc.string(),
  fc.jsonValue(),
);

async function endsWell(id: string, scenario: Scenario): Promise<void> {
  const source = sources.find((candidate) => candidate.id === id);
  if (source === undefined) throw new Error(`no ${id}`);
  const base = `https://service.example${scenario.basePath}`;
  const { outcome, logged } = await pollScenario(source, scenario, base, scenarioTransport(scenario));
  expect(logged).toEqual([]);
  if (outcome.type === "reading") expect(brokenFigures(outcome.reading)).toEqual([]);
  else if (outcome.type === "failure") expect(outcome.failure.cause).not.toBe("internal");
  else throw new Error("did not find the key");
}

describe("whatever is answered", () => {
  it.each(cases)(
    "$id ends with figures or a named cause for any JSON",
    { timeout: 60_000 },
    async ({ id, scenarios }) => {
      const [first] = scenarios;
      if (first === undefined) throw new Error("no scenario");
      await fc.assert(
        fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), (value) =>
          endsWell(
            id,
            rewriteAnswers(first, () => JSON.stringify(value)),
          ),
        ),
        { numRuns: 40 },
      );
    },
  );

  it.each(cases)(
    "$id ends with figures or a named cause when one value is odd",
    { timeout: 60_000 },
    async ({ id, scenarios }) => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...scenarios), fc.nat(200), odd, (scenario, nth, value) =>
          endsWell(
            id,
            rewriteAnswers(scenario, (body) => JSON.stringify(replaceLeaf(body, nth, value))),
          ),
        ),
        { numRuns: 150 },
      );
    },
  );
});
