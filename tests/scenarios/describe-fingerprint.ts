import { existsSync, readdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Fingerprint } from "../../app/sources/probe/fingerprint.ts";
import type { RegisteredSource } from "../../app/sources/source.ts";
import { answerOf, bodyText, loadScenarios, type Scenario } from "./scenario.ts";

const sourcesFolder = new URL("../../app/sources/", import.meta.url);

/**
 * Tests a fingerprint against all fixtures there are: it knows the source's own whole answers, and nobody else's. `alike` names
 * kinds whose answers are the same ones on purpose. Call it from fingerprint.test.ts.
 */
export function describeFingerprint(source: RegisteredSource, alike: readonly string[] = []): void {
  const own = scenariosOf(`${source.group}s`, source.id);

  describe(`the fingerprint of ${source.id}`, () => {
    let fingerprint: Fingerprint;
    beforeAll(async () => {
      const load = source.recognition?.load;
      if (load === undefined) throw new Error(`${source.id} has no fingerprint`);
      fingerprint = await load();
    });

    it.each(["typical", "fresh", "used-up"])("knows its own answer (%s)", (name) => {
      const scenario = own.get(name);
      if (scenario === undefined) throw new Error(`no fixture ${name}`);
      const path = fingerprint.path(`https://service.example${scenario.basePath}`);
      const answer = answerOf(scenario, "GET", scenario.basePath + (path ?? ""));
      if (answer === undefined) throw new Error(`the fixture does not answer ${path ?? "any path"}`);
      const { status, headers } = answer;
      expect(fingerprint.recognize({ status, headers, body: parsed(bodyText(answer)) })).not.toBeNull();
    });

    it("knows no answer of another kind, no refusal, and nothing that is no answer", () => {
      const strange = others(source.id, alike);
      expect(strange.length).toBeGreaterThan(5);
      const taken = strange.filter(({ body }) => fingerprint.recognize({ status: 200, headers: {}, body }) !== null);
      expect(taken.map(({ where }) => where)).toEqual([]);
      for (const body of [undefined, null, "", 5, [], {}, { data: null }, { data: {} }, { error: "no" }]) {
        expect(fingerprint.recognize({ status: 200, headers: {}, body })).toBeNull();
        expect(fingerprint.recognize({ status: 404, headers: {}, body })).toBeNull();
      }
    });
  });
}

function others(id: string, alike: readonly string[]): { where: string; body: unknown }[] {
  return ["gateways", "providers"].flatMap((group) => {
    const folder = new URL(`${group}/`, sourcesFolder);
    const ids = existsSync(folder) ? readdirSync(folder) : [];
    return ids
      .filter((other) => other !== id && !alike.includes(other))
      .flatMap((other) =>
        [...scenariosOf(group, other)].flatMap(([name, scenario]) => bodies(`${other} ${name}`, scenario)),
      );
  });
}

function bodies(where: string, { answers }: Scenario): { where: string; body: unknown }[] {
  return Object.entries(answers).map(([target, answer]) => ({
    where: `${where} ${target}`,
    body: parsed(bodyText(answer)),
  }));
}

function scenariosOf(group: string, id: string): ReadonlyMap<string, Scenario> {
  const folder = new URL(`${group}/${id}/fixtures/`, sourcesFolder);
  return existsSync(folder) ? loadScenarios(folder) : new Map();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
