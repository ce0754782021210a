import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { chutes } from "./descriptor.ts";

const source = register(chutes);

describeFixtures(source, import.meta.url);

async function poll(body: unknown) {
  const http = cannedTransport({
    "/users/me/subscription_usage": { body: JSON.stringify(body) },
    "/users/me/quota_usage/me": { status: 404, body: "{}" },
  });
  const baseUrl = "https://api.chutes.ai";
  const { context } = createReadContext({
    http,
    baseUrl,
    key: "cpk_x",
    auth: source.auth,
    now: Date.UTC(2026, 10, 20, 12),
  });
  const read = await source.prepare({});
  return { http, reading: await read(context) };
}

describe("the Chutes reader", () => {
  it.each([
    ["as it is", (answer: unknown) => answer],
    ["under data", (data: unknown) => ({ data })],
    ["under result", (result: unknown) => ({ result })],
  ])("reads an answer %s", async (_, wrap) => {
    const { http, reading } = await poll(wrap({ monthly: { used: 1, limit: 4 } }));
    expect(reading.meters).toMatchObject([{ id: "month", limit: 4, used: 1, remaining: 3, confidence: "estimated" }]);
    // The day's quota belongs to accounts without a subscription.
    expect(http.requests).toHaveLength(1);
  });

  it.each(["limit", "cap", "quota", "max", "monthly_limit"])("takes %s for the limit", async (name) => {
    const { reading } = await poll({ monthly: { used: 1, [name]: 4 } });
    expect(reading.meters).toMatchObject([{ limit: 4, remaining: 3 }]);
  });

  it("takes fields that it does not know for none, whatever they are", async () => {
    const unknown = fc.dictionary(fc.stringMatching(/^x_[a-z]{1,8}$/), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(unknown, async (body) => {
        expect((await poll(body)).reading).toMatchObject({ meters: [], notices: [{ key: "notice.no-plan" }] });
      }),
    );
  });

  it.each([[[]], ["text"], [{ monthly: 5 }], [{ monthly: [] }]])("finds a wrong shape in %j", async (body) => {
    await expect(poll(body)).rejects.toMatchObject({ failure: { cause: "unexpected-shape" } });
  });
});
