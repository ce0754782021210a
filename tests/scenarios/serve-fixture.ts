// `node build/with-setup.mjs tests/scenarios/serve-fixture.ts ID [FIXTURE]`: plays a fixture of a source on this computer, until Ctrl+C.
import { existsSync } from "node:fs";
import { findSource } from "../../app/sources/registry.ts";
import { SCENARIO_KEY } from "./read-scenario.ts";
import { loadScenarios } from "./scenario.ts";
import { serveScenario } from "./scenario-server.ts";

const [id = "", name = "typical"] = process.argv.slice(2);
const source = findSource(id);
const fixtures = new URL(`../../app/sources/${source?.group}s/${id}/fixtures/`, import.meta.url);
const scenario = source !== undefined && existsSync(fixtures) ? loadScenarios(fixtures).get(name) : undefined;
if (source === undefined || scenario === undefined) {
  console.error(`There is no fixture ${name} of a source ${id}. Usage: serve-fixture.ts ID [FIXTURE]`);
  process.exitCode = 2;
} else {
  const key = SCENARIO_KEY.replace(/^sk-/, source.recognition?.keyPrefixes?.[0] ?? "sk-");
  const server = await serveScenario(scenario, source.auth, key);
  console.log(`${source.name}, ${name}: ${server.baseUrl}\nIts key: ${key}`);
}
