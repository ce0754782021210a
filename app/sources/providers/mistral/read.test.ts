import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
import { register } from "../../register.ts";
import { mistral } from "./descriptor.ts";

const source = register(mistral);

describeFixtures(source, import.meta.url);

const read = (completion: object, currency: unknown = "EUR") =>
  readAnswers(source, { "GET /v1/admin/spend-limit": { body: { limits: { completion, currency } } } });

describe("the Mistral reader", () => {
  it.each([
    ["the amounts", { total_usage: 169.52, usage_limit: 500 }, [500_000_000, 169_520_000, 330_480_000]],
    ["no limit", { no_monthly_limit: true, total_usage: 3 }, ["unlimited", 3_000_000, "unlimited"]],
    ["a limit that is not told", { no_monthly_limit: false, total_usage: 3 }, ["unknown", 3_000_000, "unknown"]],
    [
      "a limit that is reached, and figures that lag",
      { monthly_limit_reached: true, total_usage: 490, usage_limit: 500 },
      [500_000_000, 490_000_000, 0],
    ],
    [
      "a limit that was passed",
      { monthly_limit_reached: true, total_usage: 510, usage_limit: 500 },
      [500_000_000, 510_000_000, -10_000_000],
    ],
    ["no more than that it is reached", { monthly_limit_reached: true }, ["unknown", "unknown", 0]],
    [
      "a part of the usage alone",
      { monthly_limit_reached: false, usage: 128.42, usage_limit: 500 },
      [500_000_000, "unknown", "unknown"],
    ],
  ])("reads %s", async (_, completion, [limit, used, remaining]) => {
    expect(metersById((await read(completion)).outcome).get("spend-limit")).toMatchObject({
      unit: { kind: "money", currency: "EUR" },
      limit,
      used,
      remaining,
      confidence: "estimated",
    });
  });

  it.each([
    ["no currency", { total_usage: 1 }, null, /^limits\.currency: /],
    ["an amount in words", { total_usage: "much" }, "EUR", /^limits\.completion\.total_usage: /],
    ["fields that nobody knows", { spent: 1 }, "EUR", /^limits\.completion: /],
  ])("refuses %s", async (_, completion, currency, detail) => {
    const { outcome } = await read(completion, currency);
    expect(outcome).toMatchObject({ cause: "unexpected-shape", detail: expect.stringMatching(detail) });
  });

  it("is not for ordinary keys", async () => {
    const { outcome, requests } = await readAnswers(source, { "GET /v1/admin/spend-limit": { status: 401, body: {} } });
    expect(outcome).toMatchObject({ cause: "key-refused" });
    expect(requests[0]?.secretHeaders).toMatchObject([{ name: "x-api-key" }]);
  });
});
