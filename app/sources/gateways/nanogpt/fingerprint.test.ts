import { expect, it } from "vitest";
import { describeFingerprint } from "../../../../tests/scenarios/describe-fingerprint.ts";
import { register } from "../../register.ts";
import { nanogpt } from "./descriptor.ts";

describeFingerprint(register(nanogpt));

it.each([
  [{ limits: { weeklyInputTokens: 60_000_000, dailyInputTokens: null, dailyImages: 100 } }, true],
  [{ limits: { weeklyInputTokens: null, dailyImages: 100 } }, true],
  [{ limits: { daily: 2000, monthly: 60000 } }, false],
  [{ limits: {} }, false],
])("knows allowances by tokens: %j", async (more, known) => {
  const { fingerprint } = await import("./fingerprint.ts");
  const found = fingerprint.recognize({ status: 200, headers: {}, body: { active: true, ...more } });
  expect(found !== null).toBe(known);
});
