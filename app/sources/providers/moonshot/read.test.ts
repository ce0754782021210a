import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
import { register } from "../../register.ts";
import { moonshot } from "./descriptor.ts";

const source = register(moonshot);

describeFixtures(source, import.meta.url);

const answers = { "GET /v1/users/me/balance": { body: { code: 0, data: { available_balance: 21.36 } } } };

describe("the currency", () => {
  it.each([
    ["https://api.moonshot.ai", {}, "USD"],
    ["https://api.moonshot.cn", {}, "CNY"],
    ["https://api.moonshot.ai", { currency: "CNY" }, "USD"],
    ["http://127.0.0.1:9", {}, "USD"],
    ["http://127.0.0.1:9", { currency: "" }, "USD"],
    ["http://127.0.0.1:9", { currency: "CNY" }, "CNY"],
  ])("at %s with the options %j is %s", async (origin, options, currency) => {
    const { outcome } = await readAnswers(source, answers, { origin, options });
    expect(metersById(outcome).get("balance")).toMatchObject({
      unit: { kind: "money", currency },
      remaining: 21_360_000,
    });
  });

  it("is one of those that the service has", async () => {
    const { outcome } = await readAnswers(source, answers, { options: { currency: "EUR" } });
    expect(outcome).toMatchObject({ cause: "invalid-options", detail: "currency: must be one of USD, CNY" });
  });
});

describe("the Moonshot reader", () => {
  const balance = (available: number, cash: number) => ({
    "GET /v1/users/me/balance": {
      body: { code: 0, data: { available_balance: available, voucher_balance: 0, cash_balance: cash } },
    },
  });

  it("tells by how much cash is overdrawn", async () => {
    const { outcome } = await readAnswers(source, balance(0, -1.25));
    expect(outcome).toMatchObject({
      reading: { notices: [{ key: "notice.overdue", params: { amount: "1.25 USD" } }] },
    });
  });

  it.each([
    ["an in-band error", { body: { code: 7, data: { available_balance: 9 } } }, "unexpected-shape"],
    [
      "the key of another region",
      { status: 401, body: { error: { type: "invalid_authentication_error" } } },
      "key-refused",
    ],
  ])("takes %s for no figures", async (_, answer, cause) => {
    const { outcome } = await readAnswers(source, { "GET /v1/users/me/balance": answer });
    expect(outcome).toMatchObject({ cause });
  });
});
