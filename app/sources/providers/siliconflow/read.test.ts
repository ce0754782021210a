import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
import { register } from "../../register.ts";
import { siliconflow } from "./descriptor.ts";

const source = register(siliconflow);

describeFixtures(source, import.meta.url);

const answers = { "GET /v1/user/info": { body: { code: 20000, data: { totalBalance: "21.36" } } } };

describe("the currency", () => {
  it.each([
    ["https://api.siliconflow.com", {}, "USD"],
    ["https://api.siliconflow.cn", {}, "CNY"],
    ["https://api.siliconflow.com", { currency: "CNY" }, "USD"],
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

describe("the SiliconFlow reader", () => {
  it("reads the total, and takes `balance` for the gift that it is", async () => {
    const data = { id: "u-1", balance: "0.88", chargeBalance: "36.10", totalBalance: "36.98" };
    const { outcome } = await readAnswers(source, { "GET /v1/user/info": { body: { code: 20000, data } } });
    const meters = metersById(outcome);
    expect(meters.get("balance")?.remaining).toBe(36_980_000);
    expect(meters.get("granted-balance")?.remaining).toBe(880_000);
    expect(outcome).toMatchObject({ reading: { subjects: { account: "u-1" } } });
  });

  it("takes a refusal in plain text for one", async () => {
    const { outcome } = await readAnswers(source, { "GET /v1/user/info": { status: 401, text: '"Invalid token"' } });
    expect(outcome).toMatchObject({ cause: "key-refused" });
  });
});
