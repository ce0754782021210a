import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
import { register } from "../../register.ts";
import { stepfun } from "./descriptor.ts";

const source = register(stepfun);

describeFixtures(source, import.meta.url);

const answers = { "GET /v1/accounts": { body: { balance: 21.36 } } };

describe("the currency", () => {
  it.each([
    ["https://api.stepfun.ai", {}, "USD"],
    ["https://api.stepfun.com", {}, "CNY"],
    ["https://api.stepfun.ai", { currency: "CNY" }, "USD"],
    ["http://127.0.0.1:9", {}, "CNY"],
    ["http://127.0.0.1:9", { currency: "" }, "CNY"],
    ["http://127.0.0.1:9", { currency: "USD" }, "USD"],
  ])("at %s with the options %j is %s", async (origin, options, currency) => {
    const { outcome } = await readAnswers(source, answers, { origin, options });
    expect(metersById(outcome).get("balance")).toMatchObject({
      unit: { kind: "money", currency },
      remaining: 21_360_000,
    });
  });

  it("is one of those that the service has", async () => {
    const { outcome } = await readAnswers(source, answers, { options: { currency: "EUR" } });
    expect(outcome).toMatchObject({ cause: "invalid-options", detail: "currency: must be one of CNY, USD" });
  });
});

describe("the StepFun reader", () => {
  it("does not take what was ever paid in for what is left", async () => {
    const body = { balance: "-3.20", total_cash_balance: 200, total_voucher_balance: 15 };
    const { outcome } = await readAnswers(source, { "GET /v1/accounts": { body } });
    expect([...metersById(outcome)].map(([id, { remaining }]) => [id, remaining])).toEqual([["balance", -3_200_000]]);
  });
});
