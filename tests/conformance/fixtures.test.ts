import { afterAll, describe, expect, it } from "vitest";
import { sources } from "../../app/sources/registry.ts";
import { meterJson } from "../../main/cli/status-json.ts";
import { createTransport } from "../../main/host/transport.ts";
import { SCENARIO_KEY } from "../scenarios/read-scenario.ts";
import { serveScenario } from "../scenarios/scenario-server.ts";
import { pollScenario } from "./poll-scenario.ts";
import { brokenFigures, fixturesOf } from "./run-matrix.ts";

/** What a service may answer, at the least. */
const NEEDED = ["typical", "fresh", "unlimited", "used-up", "partly-missing", "error-in-200", "malformed"];

const http = createTransport({ env: {} });
afterAll(() => http.close());

const cases = sources.flatMap((source) =>
  [...fixturesOf(source)].map(([name, scenario]) => ({ id: source.id, name, source, scenario })),
);

describe("every source, over real HTTP", () => {
  it.each(sources.map((source) => ({ id: source.id, source })))("$id has the fixtures that it needs", ({ source }) => {
    const fixtures = fixturesOf(source);
    expect([...fixtures.keys()]).toEqual(expect.arrayContaining(NEEDED));
    expect(fixtures.get("typical")?.expect).toHaveProperty("meters");
    expect(fixtures.get("malformed")?.expect).toHaveProperty("cause");
    expect(fixtures.get("error-in-200")?.expect).toHaveProperty("cause");
  });

  it.each(cases)("$id reads $name", async ({ source, scenario }) => {
    const server = await serveScenario(scenario, source.auth, SCENARIO_KEY);
    try {
      const { outcome, logged } = await pollScenario(source, scenario, server.baseUrl, http);
      expect(logged).toEqual([]);
      expect(JSON.stringify(outcome)).not.toContain(SCENARIO_KEY);
      if ("cause" in scenario.expect) {
        expect(outcome).toMatchObject({ type: "failure", failure: { cause: scenario.expect.cause } });
        return;
      }
      if (outcome.type !== "reading") throw new Error(JSON.stringify(outcome));
      expect(brokenFigures(outcome.reading)).toEqual([]);
      expect(outcome.reading.meters.map(meterJson)).toMatchObject(scenario.expect.meters);
      expect(outcome.reading.meters).toHaveLength(scenario.expect.meters.length);
      // A source that asks for ten things each poll would be the problem that it warns of.
      expect(server.requests.length).toBeLessThanOrEqual(6);
      for (const request of server.requests) {
        if (request.startsWith("POST")) expect(source.allowsPost).toBe(true);
      }
    } finally {
      await server.close();
    }
  });
});
