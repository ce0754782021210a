import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { loadScenarios } from "../../../../tests/scenarios/scenario.ts";
import { type CannedAnswer, cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { percentRemaining } from "../../../quota/meter.ts";
import { readingSchema } from "../../../quota/reading.ts";
import { withoutApiPath } from "../../../settings/base-url.ts";
import { createFormats } from "../../../wording/formats.ts";
import { meterWords } from "../../../wording/meter-words.ts";
import { createTranslator, translateDynamic } from "../../../wording/translate.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { openrouter } from "./descriptor.ts";

/** A Friday. */
const AUTH = { header: "authorization", prefix: "Bearer " };
const NOW = Date.UTC(2026, 10, 20, 12, 0, 0);
const DECEMBER = Date.UTC(2026, 11, 1);

const scenarios = loadScenarios(new URL("fixtures/", import.meta.url));
/** Names that begin with "credits" are about that route. */
const fixture = (name: string) =>
  JSON.stringify(
    scenarios.get(name)?.answers[name.startsWith("credits") ? "GET /api/v1/credits" : "GET /api/v1/key"]?.body,
  );
const HIDDEN: CannedAnswer = { status: 403, body: '{"error":{"code":403,"message":"management keys only"}}' };

async function poll(key: CannedAnswer, credits: CannedAnswer = HIDDEN, baseUrl = "https://openrouter.ai") {
  const http = cannedTransport({ "/api/v1/key": key, "/api/v1/credits": credits });
  const { context, trace } = createReadContext({ http, baseUrl, key: null, auth: AUTH, now: NOW });
  const read = await register(openrouter).prepare({});
  return { reading: readingSchema.parse(await read(context)), trace };
}

async function metersOf(key: string, credits?: CannedAnswer) {
  const { reading } = await poll({ body: key }, credits);
  return reading.meters;
}

describeFixtures(register(openrouter), import.meta.url);

describe("the OpenRouter reader", () => {
  it("reads limit, balance and free requests", async () => {
    const { reading } = await poll({ body: fixture("typical") }, { body: fixture("credits") });
    const usd = { kind: "money", currency: "USD" };
    expect(reading).toEqual({
      account: "sk-or-v1-ab1...9f2",
      notices: [],
      meters: [
        {
          id: "key-limit",
          label: { key: "meter.key-limit" },
          unit: usd,
          limit: 25_000_000,
          // From the limit, not from `usage`, which is the whole life of the key.
          used: 7_580_000,
          remaining: 17_420_000,
          window: { kind: "calendar", period: "month", timeZone: "UTC", resetsAt: DECEMBER, resetBasis: "derived" },
          scope: "key",
          confidence: "reported",
        },
        {
          id: "balance",
          label: { key: "meter.balance" },
          unit: usd,
          limit: "unknown",
          used: 91_070_000,
          remaining: 28_930_000,
          window: { kind: "balance" },
          scope: "account",
          confidence: "derived",
        },
        {
          id: "free-requests",
          label: { key: "meter.free-requests" },
          unit: { kind: "requests" },
          limit: 1000,
          used: 12,
          remaining: 988,
          window: {
            kind: "calendar",
            period: "day",
            timeZone: "UTC",
            resetsAt: Date.UTC(2026, 10, 21),
            resetBasis: "derived",
          },
          scope: "account",
          confidence: "reported",
        },
      ],
    });
  });

  it("reads a fresh free-tier key that expires, and words both", async () => {
    const { reading } = await poll({ body: fixture("fresh") });
    expect(reading.meters).toMatchObject([
      { id: "key-limit", used: 0, remaining: 5_000_000, window: { period: "day", resetsAt: Date.UTC(2026, 10, 21) } },
      { id: "free-requests", limit: 50, used: 0, remaining: 50 },
    ]);
    const t = createTranslator("en", {});
    expect(reading.notices.map(({ key, params }) => translateDynamic(t, key, params))).toEqual([
      "Free tier: no credits were ever bought for this account.",
      "The key expires on Jan 31, 2027.",
    ]);
  });

  it("does not take who made the key for the account that it draws on", async () => {
    const { reading } = await poll({ body: '{"data":{"limit":null,"usage":3,"creator_user_id":"user_1"}}' });
    expect(reading.subjects).toBeUndefined();
  });

  it.each([
    ["2026-11-20T12:00:01Z", "notice.key-expires"],
    ["2026-11-20T12:00:00Z", "notice.key-expired"],
    ["2026-10-01T00:00:00Z", "notice.key-expired"],
  ])("says of a key that ends at %s: %s", async (expires_at, notice) => {
    const { reading } = await poll({ body: JSON.stringify({ data: { limit: null, usage: 3, expires_at } }) });
    expect(reading.notices).toEqual([{ key: notice, params: { at: Date.parse(expires_at) } }]);
  });

  it("shows the month's spend of a key without limit", async () => {
    expect(await metersOf(fixture("unlimited"))).toMatchObject([
      {
        id: "key-limit",
        limit: "unlimited",
        used: 7_580_000,
        remaining: "unlimited",
        window: { kind: "calendar", period: "month", resetsAt: DECEMBER },
      },
      { id: "free-requests" },
    ]);
  });

  it("shows the lifetime's spend where the month's is not told", async () => {
    expect(await metersOf('{"data":{"limit":null,"usage":3}}')).toMatchObject([
      { limit: "unlimited", used: 3_000_000, window: { kind: "lifetime" } },
    ]);
  });

  it("reads an overdrawn weekly limit, which resets on Monday", async () => {
    expect(await metersOf(fixture("used-up"))).toMatchObject([
      { used: 25_310_000, remaining: -310_000, window: { period: "week", resetsAt: Date.UTC(2026, 10, 23) } },
      { id: "free-requests", used: 1000, remaining: 0 },
    ]);
  });

  it("estimates what is left where only the usage is told", async () => {
    expect(await metersOf(fixture("partly-missing"))).toMatchObject([
      {
        limit: 25_000_000,
        used: 9_500_000,
        remaining: 15_500_000,
        window: { kind: "lifetime" },
        confidence: "estimated",
      },
    ]);
  });

  it.each([
    ["{}", { limit: "unknown", used: "unknown", remaining: "unknown" }],
    ['{"limit_remaining":3,"usage":1}', { limit: "unknown", used: 1_000_000, remaining: 3_000_000 }],
    ['{"limit":9,"limit_reset":"monthly"}', { limit: 9_000_000, used: "unknown", remaining: "unknown" }],
    [
      '{"limit":9,"limit_remaining":4,"limit_reset":"fortnightly"}',
      { used: 5_000_000, window: { kind: "period", resetsAt: null } },
    ],
    ['{"limit":9,"limit_remaining":"12.5"}', { used: 0, remaining: 12_500_000 }],
  ])("reads a key of %s without inventing anything", async (data, expected) => {
    expect(await metersOf(`{"data":${data}}`)).toMatchObject([expected]);
  });

  it.each([["https://openrouter.ai"], ["https://openrouter.ai/api"], ["https://openrouter.ai/api/v1"]])(
    "finds the API of %s",
    async (baseUrl) => {
      const { trace } = await poll(
        { body: fixture("typical") },
        { body: fixture("credits") },
        withoutApiPath(baseUrl, openrouter.apiPaths ?? []),
      );
      expect(trace.map((step) => step.url)).toEqual([
        "https://openrouter.ai/api/v1/key",
        "https://openrouter.ai/api/v1/credits",
      ]);
    },
  );

  it.each([
    ["an error in a success", { body: fixture("error-in-200") }, "key-lacks-permission", expect.any(String)],
    [
      "a wrong type",
      { body: fixture("malformed") },
      "unexpected-shape",
      "data.limit_remaining: a text that is not a number",
    ],
    ["data null", { body: '{"data":null}' }, "unexpected-shape", expect.stringMatching(/^data: /)],
    [
      "a negative limit",
      { body: '{"data":{"limit":-5}}' },
      "unexpected-shape",
      expect.stringMatching(/^data\.limit: neg/),
    ],
    ["401", { status: 401, body: '{"error":{"code":401}}' }, "key-refused", null],
    ["402", { status: 402, body: '{"error":{"code":402}}' }, "quota-used-up", null],
  ])("names the cause of %s", async (_, answer, cause, detail) => {
    await expect(poll(answer)).rejects.toMatchObject({ failure: { cause, detail } });
  });
});

describe("the balance", () => {
  const key = fixture("unlimited");

  it.each([
    ["401", { status: 401 }],
    ["403", HIDDEN],
    ["404", { status: 404 }],
    ["403 in a success", { body: '{"error":{"code":403}}' }],
    ["zeros", { body: fixture("credits-hidden") }],
  ])("is left out when the key gets %s", async (_, credits) => {
    expect((await metersOf(key, credits)).map((meter) => meter.id)).toEqual(["key-limit", "free-requests"]);
  });

  it("counts as used up when negative, and says by how much", async () => {
    const balance = (await metersOf(key, { body: fixture("credits-negative") })).find(({ id }) => id === "balance");
    expect(balance).toMatchObject({ remaining: -420_000 });
    if (balance === undefined) return;
    expect(percentRemaining(balance)).toBe(0);
    const words = meterWords(balance, NOW, createFormats({ language: "en-US" }), createTranslator("en", {}));
    expect(words.amount).toBe("$0.42 over the limit");
  });

  it("is nothing left when the account is told to pay", async () => {
    const balance = (await metersOf(key, { status: 402 })).find(({ id }) => id === "balance");
    expect(balance).toMatchObject({ used: "unknown", remaining: 0 });
  });

  it.each([
    ["server-error", { status: 500 }],
    ["rate-limited", { status: 429 }],
    ["unexpected-shape", { body: '{"data":{"total_credits":"x"}}' }],
    ["challenge-page", { status: 403, body: "<html>" }],
  ])("ends the poll with %s, so that the last one stays in sight", async (cause, credits) => {
    await expect(poll({ body: key }, credits)).rejects.toMatchObject({ failure: { cause } });
  });
});
