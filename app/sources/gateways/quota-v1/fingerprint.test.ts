import { expect, it } from "vitest";
import { describeFingerprint } from "../../../../tests/scenarios/describe-fingerprint.ts";
import { loadScenarios } from "../../../../tests/scenarios/scenario.ts";
import { register } from "../../register.ts";
import { neutral } from "../neutral/descriptor.ts";
import { quotaV1 } from "./descriptor.ts";

describeFingerprint(register(quotaV1));
describeFingerprint(register(neutral));

it("shares the route with the neutral shape, and neither takes the other's answers", async () => {
  const [mine, other] = await Promise.all([quotaV1.recognition?.load?.(), neutral.recognition?.load?.()]);
  const address = "https://gateway.example";
  expect(mine?.path(address)).toBe(other?.path(address));
  const bodies = (folder: string) =>
    [...loadScenarios(new URL(folder, import.meta.url)).values()].map(({ answers }) => answers["GET /quota"]?.body);
  const knows = (fingerprint: typeof mine, body: unknown) =>
    fingerprint?.recognize({ status: 200, headers: {}, body }) ?? null;
  expect(bodies("fixtures/").filter((body) => knows(mine, body) !== null).length).toBeGreaterThan(4);
  expect(bodies("fixtures/").filter((body) => knows(other, body) !== null)).toEqual([]);
  expect(bodies("../neutral/fixtures/").filter((body) => knows(other, body) !== null).length).toBeGreaterThan(4);
  expect(bodies("../neutral/fixtures/").filter((body) => knows(mine, body) !== null)).toEqual([]);
});
