import { describe, expect, it } from "vitest";
import type { RegisteredSource } from "../../app/sources/source.ts";
import { meterJson } from "../../main/cli/status-json.ts";
import { readScenario } from "./read-scenario.ts";
import { loadScenarios } from "./scenario.ts";

/** One test per fixture of a source: what is read is what the fixture expects, meter by meter. Call it from read.test.ts. */
export function describeFixtures(source: RegisteredSource, readTest: string | URL): void {
  const scenarios = loadScenarios(new URL("fixtures/", readTest));
  describe(`${source.id} reads its fixtures`, () => {
    it.each([...scenarios])("%s", async (_, scenario) => {
      const outcome = await readScenario(source, scenario);
      if ("cause" in scenario.expect) {
        expect(outcome.ok ? "a reading" : { cause: outcome.cause, detail: outcome.detail }).toMatchObject(
          scenario.expect,
        );
        return;
      }
      if (!outcome.ok) throw new Error(`${outcome.cause}: ${outcome.detail ?? ""}`);
      const { meters, account, notices } = scenario.expect;
      expect(outcome.reading.meters.map(meterJson)).toMatchObject(meters);
      expect(outcome.reading.meters).toHaveLength(meters.length);
      if (account !== undefined) expect(outcome.reading.account).toBe(account);
      if (notices !== undefined) expect(outcome.reading.notices.map(({ key }) => key)).toEqual(notices);
    });
  });
}
