import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { chutes } from "./descriptor.ts";

const source = register(chutes);

describeFixtures(source, import.meta.url);

function poll(body: unknown) {
  return pollAnswers({
    "/users/me/subscription_usage": { body: JSON.stringify(body) },
    "/users/me/quota_usage/me": { status: 404, body: "{}" },
  });
}

async function pollAnswers(answers: Parameters<typeof cannedTransport>[0]) {
  const http = cannedTransport(answers);
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
        // Nothing at all says that there is no subscription; what is not known says nothing.
        const key = Object.keys(body).length === 0 ? "notice.no-plan" : "notice.no-limits-told";
        expect((await poll(body)).reading).toMatchObject({ meters: [], notices: [{ key }] });
      }),
    );
  });

  it.each([
    ["an empty answer", {}, ["notice.no-plan"]],
    ["no subscription", { subscription: null, monthly: null }, ["notice.no-plan"]],
    [
      "one that is over",
      { subscription: { active: false }, monthly: { used: 0, limit: 0 }, rolling_window: { requests: 0, limit: 0 } },
      ["notice.plan-inactive", "notice.no-limits-told"],
    ],
    ["one without a name", { subscription: { active: true }, windows: {} }, ["notice.no-limits-told"]],
  ])("says of %s what it says, and of no limit that it is used up", async (_, body, keys) => {
    const { reading } = await poll(body);
    expect(reading.meters).toEqual([]);
    expect(reading.notices.map(({ key }) => key)).toEqual(keys);
  });

  it("reads the day's quota where the route for subscriptions is not there, and fails where neither is", async () => {
    const missing = { "/users/me/subscription_usage": { status: 404, body: "{}" } };
    const found = await pollAnswers({ ...missing, "/users/me/quota_usage/me": { body: '{"quota":200,"used":12}' } });
    expect(found.reading).toMatchObject({
      meters: [{ id: "day", limit: 200, used: 12 }],
      notices: [{ key: "notice.unit-unknown" }],
    });
    const neither = pollAnswers({ ...missing, "/users/me/quota_usage/me": { status: 404, body: "{}" } });
    await expect(neither).rejects.toMatchObject({ failure: { cause: "not-found" } });
    const refused = pollAnswers({ "/users/me/subscription_usage": { status: 401, body: "{}" } });
    await expect(refused).rejects.toMatchObject({ failure: { cause: "key-refused" } });
  });

  it.each([[[]], ["text"], [{ monthly: 5 }], [{ monthly: [] }]])("finds a wrong shape in %j", async (body) => {
    await expect(poll(body)).rejects.toMatchObject({ failure: { cause: "unexpected-shape" } });
  });
});
