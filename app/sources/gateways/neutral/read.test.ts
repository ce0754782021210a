import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { loadScenarios } from "../../../../tests/scenarios/scenario.ts";
import { cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { readingSchema } from "../../../quota/reading.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { neutral } from "./descriptor.ts";

const AUTH = { header: "authorization", prefix: "Bearer " };
const NOW = Date.UTC(2026, 10, 20, 12, 0, 0);
const BASE = "https://gateway.example/v1";
const DECEMBER = Date.UTC(2026, 11, 1);

async function readBody(body: string, options: unknown = {}, path = "/v1/quota") {
  const http = cannedTransport({ [path]: { body } });
  const { context } = createReadContext({ http, baseUrl: BASE, key: null, auth: AUTH, now: NOW });
  const read = await register(neutral).prepare(options);
  return readingSchema.parse(await read(context));
}

const scenarios = loadScenarios(new URL("fixtures/", import.meta.url));
const fixture = (name: string) => JSON.stringify(scenarios.get(name)?.answers["GET /quota"]?.body);

describeFixtures(register(neutral), import.meta.url);

describe("the neutral reader", () => {
  it("reads tokens and cost", async () => {
    expect(await readBody(fixture("typical"))).toEqual({
      account: "team-dev",
      notices: [],
      meters: [
        {
          id: "tokens",
          label: { key: "meter.tokens" },
          unit: { kind: "tokens" },
          limit: 2_000_000,
          used: 730_000,
          remaining: 1_270_000,
          window: { kind: "period", resetsAt: DECEMBER, resetBasis: "reported" },
          scope: "key",
          confidence: "reported",
        },
        {
          id: "cost",
          label: { key: "meter.cost" },
          unit: { kind: "money", currency: "USD" },
          limit: 40_000_000,
          used: 11_750_000,
          remaining: 28_250_000,
          window: { kind: "period", resetsAt: null, resetBasis: "reported" },
          scope: "key",
          confidence: "reported",
        },
      ],
    });
  });

  it("reads a fresh window whose reset has an offset", async () => {
    const { meters } = await readBody(fixture("fresh"));
    expect(meters).toMatchObject([
      { id: "tokens", used: 0, remaining: 500_000, window: { resetsAt: Date.UTC(2026, 10, 20, 16) } },
    ]);
  });

  it("reads a limit of null and one left out as unlimited, with figures sent as text", async () => {
    const { meters } = await readBody(fixture("unlimited"));
    expect(meters).toMatchObject([
      { id: "tokens", limit: "unlimited", used: 18_200_455, remaining: "unlimited", window: { resetsAt: null } },
      { id: "cost", unit: { currency: "EUR" }, limit: "unlimited", used: 3_500_000, remaining: "unlimited" },
    ]);
  });

  it("reads what is used up and what is overdrawn", async () => {
    const { meters } = await readBody(fixture("used-up"));
    expect(meters).toMatchObject([
      { id: "tokens", remaining: 0 },
      { id: "cost", used: 40_020_000, remaining: -20_000 },
    ]);
  });

  it("works out what was left out, and takes a date without zone for not told", async () => {
    const { meters, account } = await readBody(fixture("partly-missing"));
    expect(account).toBeNull();
    expect(meters).toMatchObject([
      { id: "tokens", limit: 1000, used: 250, remaining: 750, confidence: "derived", window: { resetsAt: null } },
      { id: "cost", limit: 20_000_000, used: 7_600_000, remaining: 12_400_000, confidence: "reported" },
    ]);
  });

  it.each([
    ["only what is left", { remaining: 9 }, { limit: "unknown", used: "unknown", remaining: 9 }],
    ["used and left", { used: 3, remaining: 9 }, { limit: 12, used: 3, remaining: 9, confidence: "derived" }],
    ["no limit and something left", { limit: null, remaining: 9 }, { limit: "unlimited", remaining: "unlimited" }],
    ["only a limit", { limit: 5 }, { limit: 5, used: "unknown", remaining: "unknown", confidence: "reported" }],
    ["more left than the limit", { limit: 5, remaining: 8 }, { limit: 5, used: 0, remaining: 8 }],
    ["use beyond the limit", { limit: 5, used: 8 }, { remaining: -3, confidence: "derived" }],
  ])("reads %s", async (_, tokens, expected) => {
    const { meters } = await readBody(JSON.stringify({ tokens }));
    expect(meters).toMatchObject([expected]);
  });

  it.each([
    [{ limit: 40, used: 39.9, remaining: -0.1 }, 100_000],
    [{ limit: 40, used: 40, remaining: -0.004 }, 0],
  ])("takes %j for rounding, and works out what is left", async (cost, remaining) => {
    const { meters } = await readBody(JSON.stringify({ cost: { currency: "USD", ...cost } }));
    expect(meters).toMatchObject([{ remaining, confidence: "derived" }]);
  });

  it("leaves out a block that contradicts itself, says so, and keeps the other", async () => {
    const torn = { limit: 40, used: 10, remaining: -5 };
    const whole = { limit: 10, used: 1, remaining: 9 };
    const cost = await readBody(JSON.stringify({ tokens: whole, cost: { currency: "USD", ...torn } }));
    expect(cost.meters).toMatchObject([{ id: "tokens", remaining: 9 }]);
    expect(cost.notices).toEqual([{ key: "notice.contradictory", params: { name: "cost" } }]);
    const tokens = await readBody(JSON.stringify({ tokens: torn, cost: { currency: "USD", ...whole } }));
    expect(tokens.meters).toMatchObject([{ id: "cost", remaining: 9_000_000 }]);
    expect(tokens.notices).toEqual([{ key: "notice.contradictory", params: { name: "tokens" } }]);
  });

  it("leaves out a block without figures", async () => {
    const { meters } = await readBody('{"tokens":{},"cost":{"currency":"USD","limit":3}}');
    expect(meters.map((meter) => meter.id)).toEqual(["cost"]);
  });

  it.each([
    ["an error in a success", fixture("error-in-200"), "key-refused", "the answer carries an error instead of figures"],
    ["a wrong type", fixture("malformed"), "unexpected-shape", "tokens.limit: a text that is not a number"],
    ["no block", "{}", "unexpected-shape", "the answer tells neither tokens nor cost"],
    ["data null", '{"data":null}', "unexpected-shape", "the answer tells neither tokens nor cost"],
    ["an empty block", '{"tokens":{}}', "unexpected-shape", "the answer tells neither tokens nor cost"],
    ["a list", "[]", "unexpected-shape", /not an object/],
    ["a number for a block", '{"tokens":5}', "unexpected-shape", /^tokens: /],
    ["−5 used", '{"tokens":{"used":-5}}', "unexpected-shape", "tokens.used: negative, which it cannot be"],
    ["1e308", '{"tokens":{"limit":1e308}}', "unexpected-shape", "tokens.limit: too large to be true"],
    ["1e400", '{"tokens":{"limit":1e400}}', "unexpected-shape", "tokens.limit: not a finite number"],
    ["NaN as text", '{"tokens":{"limit":"NaN"}}', "unexpected-shape", "tokens.limit: a text that is not a number"],
    ["no currency", '{"cost":{"limit":4}}', "unexpected-shape", "cost.currency: not a currency code"],
    [
      "a symbol for a currency",
      '{"cost":{"currency":"$","limit":4}}',
      "unexpected-shape",
      "cost.currency: not a currency code of three letters",
    ],
    [
      "less than nothing left of a limit not reached",
      '{"tokens":{"limit":100,"used":40,"remaining":-5}}',
      "unexpected-shape",
      "tokens.remaining: negative, though the limit is not reached",
    ],
  ])("refuses %s by name", async (_, body, cause, detail) => {
    await expect(readBody(body)).rejects.toMatchObject({
      failure: { cause, detail: typeof detail === "string" ? detail : expect.stringMatching(detail) },
    });
  });
});

describe("the quota path", () => {
  it.each([
    [{ quotaPath: "/team/a-b/quota.json" }, "/v1/team/a-b/quota.json"],
    [{ quotaPath: "  /quota " }, "/v1/quota"],
    [{ quotaPath: "" }, "/v1/quota"],
    [{ unheardOf: 1 }, "/v1/quota"],
  ])("reads %j", async (options, path) => {
    expect((await readBody(fixture("typical"), options, path)).meters).toHaveLength(2);
  });

  it.each([
    ["quota", "must begin with a slash"],
    ["https://evil.example/quota", "must begin with a slash"],
    ["//evil.example/quota", "must not name a host"],
    ["/../admin", "must not hold two dots"],
    ["/%2E%2e/admin", "must not hold two dots"],
    ["/quota?key=1", "must not hold a query or a fragment"],
    ["/quota#x", "must not hold a query or a fragment"],
    ["/a\\b", "holds a character that a path cannot have"],
    ["/a b", "holds a character that a path cannot have"],
    ["/a\nb", "holds a character that a path cannot have"],
    [`/${"a".repeat(200)}`, "too long"],
    [5, "not a text"],
  ])("refuses %j", async (quotaPath, problem) => {
    await expect(readBody("{}", { quotaPath })).rejects.toMatchObject({
      failure: { cause: "invalid-options", detail: `quotaPath: ${problem}` },
    });
  });
});
