import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { loadScenarios } from "../../../../tests/scenarios/scenario.ts";
import { type CannedAnswer, cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { readingSchema } from "../../../quota/reading.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { oneApi } from "./descriptor.ts";
import { fingerprint } from "./fingerprint.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const KEY = "sk-relay-key";
const scenarios = loadScenarios(new URL("fixtures/", import.meta.url));
const bodyOf = (scenario: string, route: string) => scenarios.get(scenario)?.answers[route]?.body;
const STATUS: CannedAnswer = { body: JSON.stringify(bodyOf("typical", "GET /api/status")) };

async function poll(answers: Readonly<Record<string, CannedAnswer>>, options: unknown = {}) {
  const http = cannedTransport({ "/api/status": STATUS, ...answers });
  const { context } = createReadContext({ http, baseUrl: "https://g.example", key: KEY, auth: oneApi.auth, now: NOW });
  const read = await register(oneApi).prepare(options);
  return { reading: readingSchema.parse(await read(context)), requests: http.requests };
}

const billing = (limit: unknown, usage: unknown): Readonly<Record<string, CannedAnswer>> => ({
  "/v1/dashboard/billing/subscription": { body: JSON.stringify({ hard_limit_usd: limit, access_until: 0 }) },
  "/v1/dashboard/billing/usage": { body: JSON.stringify({ total_usage: usage }) },
});

describeFixtures(register(oneApi), import.meta.url);

describe("the one-api reader", () => {
  it("sends no key where none is needed", async () => {
    const { requests } = await poll(billing(50, 100));
    expect(
      requests.map(({ url, secretHeaders }) => [new URL(url).pathname, secretHeaders?.map(({ value }) => value)]),
    ).toEqual([
      ["/api/status", []],
      ["/v1/dashboard/billing/subscription", [`Bearer ${KEY}`]],
      ["/v1/dashboard/billing/usage", [`Bearer ${KEY}`]],
    ]);
  });

  it("takes hundredths for hundredths", async () => {
    const { reading } = await poll(billing(50, 100));
    expect(reading.meters).toMatchObject([{ limit: 50_000_000, used: 1_000_000, remaining: 49_000_000 }]);
  });

  it.each([
    ["a hundred million dollars", true, 100_000_000, "unlimited"],
    ["more than that", true, 100_000_001, "unlimited"],
    ["a little less", true, 99_999_999, 99_999_999_000_000],
    ["a hundred million units", false, 100_000_000, "unlimited"],
    ["more units, which are 400 dollars", false, 200_000_000, 400_000_000],
  ])("reads a limit of %s", async (_, display_in_currency, limit, expected) => {
    const status = { body: JSON.stringify({ success: true, data: { quota_per_unit: 500_000, display_in_currency } }) };
    const { reading } = await poll({ ...billing(limit, 0), "/api/status": status });
    expect(reading.meters).toMatchObject([{ limit: expected }]);
  });

  it("sends an access token bare, and takes the quota there for what remains", async () => {
    const { reading, requests } = await poll(
      { "/api/user/self": { body: JSON.stringify(bodyOf("access-token", "GET /api/user/self")) } },
      { keyType: "access-token" },
    );
    expect(requests[1]?.secretHeaders?.map(({ name, value }) => [name, value])).toEqual([["authorization", KEY]]);
    expect(reading.meters).toMatchObject([{ remaining: 16_400_000, used: 3_600_000 }]);
    expect(reading.subjects).toEqual({ user: "12" });
  });

  it.each([
    ["a wrong key", { status: 401, body: '{"error":{"message":"无效的令牌","type":"one_api_error"}}' }, "key-refused"],
    ["an expired key", { status: 401, body: '{"error":{"message":"该令牌已过期"}}' }, "key-refused"],
    ["a key that is used up", { status: 401, body: '{"error":{"message":"token quota exhausted"}}' }, "quota-used-up"],
    ["no such route", { status: 404, body: "{}" }, "not-found"],
  ])("names the cause of %s", async (_, answer, cause) => {
    const polled = poll({ ...billing(1, 1), "/v1/dashboard/billing/subscription": answer });
    await expect(polled).rejects.toMatchObject({ failure: { cause } });
  });

  it.each<[string, CannedAnswer]>([
    ["a page", { body: "<!doctype html><html></html>", headers: { "content-type": "text/html" } }],
  ])("reads units without a name where %s stands before the status", async (_, status) => {
    const { reading } = await poll({ ...billing(50, 100), "/api/status": status });
    expect(reading.meters).toMatchObject([{ unit: { kind: "units" }, limit: 50, used: 1, remaining: 49 }]);
    expect(reading.notices).toEqual([{ key: "notice.unit-unknown", params: {} }]);
  });

  it.each([
    ["breaks", { status: 500, body: "{}" }, "server-error"],
    ["has a limiter", { status: 429, body: "{}" }, "rate-limited"],
    ["has no rate", { body: '{"data":{}}' }, "unexpected-shape"],
    ["has a rate of 0", { body: '{"data":{"quota_per_unit":0}}' }, "unexpected-shape"],
    [
      "has a doubtful display",
      { body: '{"data":{"quota_per_unit":1,"display_in_currency":"no"}}' },
      "unexpected-shape",
    ],
  ])("does not guess units where the status %s", async (_, status, cause) => {
    const polled = poll({ ...billing(1, 1), "/api/status": status });
    await expect(polled).rejects.toMatchObject({ failure: { cause } });
  });

  it("refuses another kind of key", async () => {
    await expect(poll({}, { keyType: "password" })).rejects.toMatchObject({ failure: { cause: "invalid-options" } });
  });
});

describe("the one-api fingerprint", () => {
  const recognize = (body: unknown, status = 200) => fingerprint.recognize({ status, headers: {}, body });

  it("asks the public route without the key", () => {
    expect(fingerprint.path("https://g.example")).toBe("/api/status");
    expect(fingerprint.request).toEqual({ secrets: [] });
  });

  it("knows its own status", () => {
    expect(recognize(bodyOf("typical", "GET /api/status"))).toEqual({ likelihood: "certain", version: "v0.6.10" });
  });

  it.each([
    { success: true, data: { quota_per_unit: 500000, quota_display_type: "USD" } },
    { success: true, data: { quota_per_unit: 500000, usd_exchange_rate: 7.3 } },
    { success: false, data: { quota_per_unit: 500000 } },
    { success: true, data: { quota_per_unit: "500000" } },
    { success: true, data: { version: "1" } },
    { status: "ok" },
    { info: { spend: 1, max_budget: 2 } },
    { isValid: true, remaining: 3 },
    { data: { usage: 1, limit: 2, is_free_tier: false } },
    [],
    undefined,
  ])("does not take another for it: %j", (body) => {
    expect(recognize(body)).toBeNull();
  });

  it("does not take a refusal for it", () => {
    expect(recognize(bodyOf("typical", "GET /api/status"), 403)).toBeNull();
  });
});
