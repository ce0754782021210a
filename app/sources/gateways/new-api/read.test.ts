import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { loadScenarios } from "../../../../tests/scenarios/scenario.ts";
import { type CannedAnswer, cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { readingSchema } from "../../../quota/reading.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { newApi } from "./descriptor.ts";
import { fingerprint } from "./fingerprint.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const KEY = "sk-relay-key";
const scenarios = loadScenarios(new URL("fixtures/", import.meta.url));
const bodyOf = (scenario: string, route: string) => scenarios.get(scenario)?.answers[route]?.body;
const STATUS: CannedAnswer = { body: JSON.stringify(bodyOf("typical", "GET /api/status")) };

async function poll(answers: Readonly<Record<string, CannedAnswer>>, options: unknown = {}) {
  const http = cannedTransport({ "/api/status": STATUS, ...answers });
  const { context } = createReadContext({ http, baseUrl: "https://g.example", key: KEY, auth: newApi.auth, now: NOW });
  const read = await register(newApi).prepare(options);
  return { reading: readingSchema.parse(await read(context)), requests: http.requests };
}

const token = (data: object): CannedAnswer => ({
  body: JSON.stringify({
    code: true,
    data: { total_granted: 1000, total_used: 0, total_available: 1000, unlimited_quota: false, ...data },
  }),
});

describeFixtures(register(newApi), import.meta.url);

describe("the new-api reader", () => {
  it("asks the status without the key, and keeps the last slash of the token's route", async () => {
    const { requests } = await poll({ "/api/usage/token/": token({}) });
    expect(requests.map(({ url, secretHeaders }) => [url, secretHeaders?.map(({ value }) => value)])).toEqual([
      ["https://g.example/api/usage/token/", [`Bearer ${KEY}`]],
      ["https://g.example/api/status", []],
    ]);
  });

  it.each<[string, CannedAnswer]>([
    ["a page", { body: "<!doctype html><html></html>", headers: { "content-type": "text/html" } }],
    ["a refusing page", { status: 403, body: "<html>", headers: { "content-type": "text/html" } }],
  ])("reads units without a name where %s stands before the status", async (_, status) => {
    const { reading } = await poll({ "/api/status": status, "/api/usage/token/": token({ total_used: 250 }) });
    expect(reading.meters).toMatchObject([{ unit: { kind: "units" }, limit: 1000, used: 250 }]);
    expect(reading.notices).toEqual([{ key: "notice.unit-unknown", params: {} }]);
  });

  it("asks nothing more of a site whose limiter refuses the token's route", async () => {
    const http = cannedTransport({ "/api/status": STATUS, "/api/usage/token/": { status: 429, body: "{}" } });
    const { context } = createReadContext({
      http,
      baseUrl: "https://g.example",
      key: KEY,
      auth: newApi.auth,
      now: NOW,
    });
    const read = await register(newApi).prepare({});
    await expect(read(context)).rejects.toMatchObject({ failure: { cause: "rate-limited" } });
    expect(http.requests).toHaveLength(1);
  });

  it("divides by the site's own rate, not by the usual one", async () => {
    const status = {
      body: JSON.stringify({ success: true, data: { quota_per_unit: 1000, quota_display_type: "USD" } }),
    };
    const { reading } = await poll({ "/api/status": status, "/api/usage/token/": token({}) });
    expect(reading.meters).toMatchObject([{ limit: 1_000_000 }]);
  });

  it("takes the end of a key for seconds, and 0 for never", async () => {
    const ends = await poll({ "/api/usage/token/": token({ expires_at: 1_798_761_600 }) });
    expect(ends.reading.notices).toEqual([{ key: "notice.key-expires", params: { at: Date.UTC(2027, 0, 1) } }]);
    const never = await poll({ "/api/usage/token/": token({ expires_at: 0 }) });
    expect(never.reading.notices).toEqual([]);
  });

  it.each([
    [{ userId: "12" }, "New-Api-User"],
    [{ userId: " 12 ", userHeader: "" }, "New-Api-User"],
    [{ userId: "12", userHeader: "Veloera-User" }, "Veloera-User"],
    [{ userId: "12", userHeader: "User-id" }, "User-id"],
  ])("names the user as %j says", async (options, header) => {
    const user = { body: '{"success":true,"data":{"id":12,"quota":500000}}' };
    const { reading, requests } = await poll({ "/api/user/self": user }, options);
    expect(requests[1]?.headers).toMatchObject({ [header]: "12" });
    expect(requests[1]?.secretHeaders?.map(({ value }) => value)).toEqual([`Bearer ${KEY}`]);
    expect(reading.meters).toMatchObject([{ id: "balance", used: "unknown", remaining: 1_000_000 }]);
    expect(reading.subjects).toEqual({ user: "12" });
  });

  it.each([
    { userId: "ann" },
    { userId: "-1" },
    { userId: 12.5 },
    { userHeader: "Authorization" },
    { userHeader: "User-Agent" },
    { userHeader: "x-user\r\nhost" },
  ])("refuses %j", async (options) => {
    await expect(poll({}, options)).rejects.toMatchObject({ failure: { cause: "invalid-options" } });
  });

  it.each([
    [
      "a limit below 0",
      token({ total_granted: -1 }),
      "unexpected-shape",
      "data.total_granted: negative, which it cannot be",
    ],
    ["a quota beyond all", token({ total_granted: 9e15 }), "unexpected-shape", "a quota too large to be true"],
    ["no word on the limit", token({ unlimited_quota: null }), "unexpected-shape", expect.stringMatching(/unlimited/)],
    ["a limiter", { status: 429, body: "{}" }, "rate-limited", null],
    ["a disabled key", { status: 401, body: '{"success":false,"message":"disabled"}' }, "key-refused", null],
  ])("names the cause of %s", async (_, answer, cause, detail) => {
    await expect(poll({ "/api/usage/token/": answer })).rejects.toMatchObject({ failure: { cause, detail } });
  });

  it("needs the exchange rate for yuan out of quota units, and says so", async () => {
    const status = { body: '{"success":true,"data":{"quota_per_unit":500000,"quota_display_type":"CNY"}}' };
    const polled = poll({ "/api/status": status, "/api/usage/token/": token({}) });
    await expect(polled).rejects.toMatchObject({
      failure: { cause: "unexpected-shape", detail: expect.stringMatching(/^data\.usd_exchange_rate: /) },
    });
  });
});

describe("the new-api fingerprint", () => {
  const recognize = (body: unknown, status = 200) => fingerprint.recognize({ status, headers: {}, body });

  it("asks the public route without the key", () => {
    expect(fingerprint.path("https://g.example")).toBe("/api/status");
    expect(fingerprint.request).toEqual({ secrets: [] });
  });

  it("knows its own status, of old versions, too", () => {
    expect(recognize(bodyOf("typical", "GET /api/status"))).toEqual({ likelihood: "certain", version: "v0.9.14" });
    expect(recognize({ success: true, data: { quota_per_unit: 500000, self_use_mode_enabled: true } })).toEqual({
      likelihood: "certain",
      version: null,
    });
  });

  it.each([
    { success: true, data: { quota_per_unit: 500000, display_in_currency: true, chat_link: "" } },
    { success: false, data: { quota_per_unit: 500000, quota_display_type: "USD" } },
    { success: true, data: { quota_display_type: "USD" } },
    { status: "ok" },
    { info: { spend: 1, max_budget: 2 } },
    { isValid: true, remaining: 3 },
    { data: { usage: 1, limit: 2, is_free_tier: false } },
    "ok",
    undefined,
  ])("does not take another for it: %j", (body) => {
    expect(recognize(body)).toBeNull();
  });
});
