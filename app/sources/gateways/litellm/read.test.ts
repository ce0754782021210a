import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { loadScenarios } from "../../../../tests/scenarios/scenario.ts";
import { type CannedAnswer, cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { readingSchema } from "../../../quota/reading.ts";
import { meterIdentity } from "../../../quota/same-thing.ts";
import { withoutApiPath } from "../../../settings/base-url.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { litellm } from "./descriptor.ts";
import { fingerprint } from "./fingerprint.ts";
import { keyHeaders } from "./schema.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const BASE = "https://llm.example";
const scenarios = loadScenarios(new URL("fixtures/", import.meta.url));

async function poll(answers: Readonly<Record<string, CannedAnswer>>, baseUrl = BASE) {
  const http = cannedTransport(answers);
  const { context, trace } = createReadContext({ http, baseUrl, key: "sk-virtual-key", auth: litellm.auth, now: NOW });
  const read = await register(litellm).prepare({});
  return { reading: readingSchema.parse(await read(context)), trace, requests: http.requests };
}

const keyInfo = (info: object): CannedAnswer => ({ body: JSON.stringify({ key: "h", info }) });
const error = (status: number, message: string, type = "auth_error"): CannedAnswer => ({
  status,
  body: JSON.stringify({ error: { message, type, param: "None", code: String(status) } }),
});

describeFixtures(register(litellm), import.meta.url);

describe("the LiteLLM reader", () => {
  it("says whose figures these are", async () => {
    const { reading } = await poll({
      "/key/info": keyInfo({ spend: 1, max_budget: 2, user_id: "u", team_id: "t" }),
      "/team/info?team_id=t": { body: '{"team_info":{"spend":1,"max_budget":null}}' },
    });
    expect(reading.subjects).toEqual({ key: "h", user: "u", team: "t" });
  });

  it("takes dollars for dollars, and what was used for used", async () => {
    const { reading } = await poll({ "/key/info": keyInfo({ spend: 0.5, max_budget: 20 }) });
    expect(reading.meters).toMatchObject([{ used: 500_000, limit: 20_000_000, remaining: 19_500_000 }]);
  });

  it("words the soft budget", async () => {
    const { reading } = await poll({ "/key/info": keyInfo({ spend: 0.5, max_budget: 20, soft_budget: 12.5 }) });
    expect(reading.notices).toEqual([{ key: "notice.soft-budget", params: { amount: "12.50 USD" } }]);
  });

  it("asks for the team alone when the key belongs to one", async () => {
    const { trace } = await poll({
      "/key/info": keyInfo({ spend: 1, max_budget: null, user_id: "u", team_id: "t/1" }),
      "/team/info?team_id=t%2F1": { body: '{"team_info":{"spend":1,"max_budget":9}}' },
    });
    expect(trace.map(({ url }) => url)).toEqual([`${BASE}/key/info`, `${BASE}/team/info`]);
  });

  it.each([
    ["https://llm.example/v1", BASE],
    ["https://llm.example/v1/chat/completions", BASE],
    ["https://llm.example/proxy/v1", `${BASE}/proxy`],
    ["https://llm.example/ui", BASE],
    ["https://llm.example/proxy/ui/login", `${BASE}/proxy`],
    ["https://llm.example/proxy/ui/index.html", `${BASE}/proxy`],
    ["https://llm.example/proxy/docs", `${BASE}/proxy`],
    ["https://llm.example/proxy/sso/key/generate", `${BASE}/proxy`],
  ])("finds the management routes of %s", async (pasted, base) => {
    const { trace } = await poll(
      { "/key/info": keyInfo({ spend: 1, max_budget: 2 }), "/proxy/key/info": keyInfo({ spend: 1, max_budget: 2 }) },
      withoutApiPath(pasted, litellm.apiPaths ?? []),
    );
    expect(trace.map(({ url }) => url)).toEqual([`${base}/key/info`]);
  });

  it.each([
    ["a wrong key", error(401, "Authentication Error, Invalid proxy server token passed"), "key-refused"],
    ["an expired key", error(401, "Authentication Error - Expired Key", "expired_key"), "key-refused"],
    ["an exceeded budget, older", error(400, "ExceededTokenBudget: Current spend for token: 2"), "quota-used-up"],
    ["an exceeded budget as 401", error(401, "Authentication Error, Budget has been exceeded!"), "quota-used-up"],
    ["an exceeded budget, newer", error(429, "Budget has been exceeded!", "budget_exceeded"), "quota-used-up"],
    ["too many requests", error(429, "slow down", "rate_limit"), "rate-limited"],
    ["another proxy", { status: 404, body: "{}" }, "not-found"],
  ])("names the cause of %s", async (_, answer, cause) => {
    await expect(poll({ "/key/info": answer })).rejects.toMatchObject({ failure: { cause } });
  });

  it("takes 401 for a missing permission only where it says so", async () => {
    const models = { headers: { "x-litellm-key-spend": "1.2e-05" }, body: "{}" };
    const refused = poll({ "/key/info": error(401, "Authentication Error"), "/v1/models": models });
    await expect(refused).rejects.toMatchObject({ failure: { cause: "key-refused" } });
    const { reading } = await poll({
      "/key/info": error(401, "user not allowed to access this route"),
      "/v1/models": models,
    });
    expect(reading.meters).toMatchObject([{ id: "key-budget", limit: "unknown", used: 12, remaining: "unknown" }]);
  });

  it.each([
    ["times out", { failure: { kind: "timed-out" } as const }, "timed-out"],
    ["breaks", { status: 502, body: "{}" }, "server-error"],
    ["is no figure", { body: '{"team_info":{"spend":"much","max_budget":9}}' }, "unexpected-shape"],
  ])("ends the poll where the team's answer %s", async (_, team, cause) => {
    const http = cannedTransport({
      "/key/info": keyInfo({ spend: 1, max_budget: 2, team_id: "t" }),
      "/team/info?team_id=t": team,
    });
    const { context } = createReadContext({ http, baseUrl: BASE, key: "k", auth: litellm.auth, now: NOW });
    const read = await register(litellm).prepare({});
    await expect(read(context)).rejects.toMatchObject({ failure: { cause } });
  });

  it("knows nothing of a model's running window by what it cost in all", async () => {
    const model_max_budget = { a: { budget_limit: 10, time_period: "1d" }, b: { budget_limit: 10, time_period: null } };
    const { reading } = await poll({
      "/key/info": keyInfo({ spend: 45, max_budget: null, model_max_budget, model_spend: { a: 45, b: 4 } }),
    });
    expect(reading.meters).toMatchObject([
      {},
      { id: "model-a", used: "unknown", remaining: "unknown", confidence: "reported" },
      { id: "model-b", used: 4_000_000, remaining: 6_000_000, confidence: "derived" },
    ]);
  });

  it("keeps the budgets of one user in two teams apart", async () => {
    const identities = await Promise.all(
      ["t1", "t2"].map(async (team) => {
        const member = { user_id: "u", spend: 1, litellm_budget_table: { max_budget: 5 } };
        const { reading } = await poll({
          "/key/info": keyInfo({ spend: 1, max_budget: 2, user_id: "u", team_id: team }),
          [`/team/info?team_id=${team}`]: {
            body: JSON.stringify({ team_info: { spend: 1, max_budget: null }, team_memberships: [member] }),
          },
        });
        return meterIdentity({ kind: "litellm", reading }, reading.meters[1] ?? { id: "", scope: "key" });
      }),
    );
    expect(identities[0]).toContain("member-budget-t1");
    expect(new Set(identities).size).toBe(2);
  });

  it.each([
    ["has no row", { body: '{"user_id":"default_user_id","user_info":null,"keys":[],"teams":[]}' }, []],
    ["is not there", { status: 404, body: "{}" }, []],
    ["may not be seen", error(403, "not allowed"), ["notice.higher-budgets-hidden"]],
  ])("says that something is hidden only where something is there: a user who %s", async (_, user, notices) => {
    const { reading } = await poll({
      "/key/info": keyInfo({ spend: 1, max_budget: 2, user_id: "default_user_id" }),
      "/v2/user/info?user_id=default_user_id": { status: 404, body: "{}" },
      "/user/info?user_id=default_user_id": user,
    });
    expect(reading.notices.map(({ key }) => key)).toEqual(notices);
  });

  it("takes a team's budget below 0 for none that is known, and keeps the key's own", async () => {
    const { reading } = await poll({
      "/key/info": keyInfo({ spend: 4, max_budget: 20, team_id: "t" }),
      "/team/info?team_id=t": { body: '{"team_info":{"spend":2,"max_budget":-1}}' },
    });
    expect(reading.meters).toMatchObject([{ id: "key-budget", remaining: 16_000_000 }]);
    expect(reading.meters).toHaveLength(1);
  });

  it("leaves a team out whose answer is too large", async () => {
    const http = cannedTransport({
      "/key/info": keyInfo({ spend: 1, max_budget: 2, team_id: "t" }),
      "/team/info?team_id=t": { failure: { kind: "too-large", status: 200 } },
    });
    const { context } = createReadContext({ http, baseUrl: BASE, key: "k", auth: litellm.auth, now: NOW });
    const reading = await (await register(litellm).prepare({}))(context);
    expect(reading.meters.map(({ id }) => id)).toEqual(["key-budget"]);
    expect(reading.notices.map(({ key }) => key)).toEqual(["notice.higher-budgets-hidden"]);
  });
});

describe("the headers of a key", () => {
  it("are read however Python writes a number, and never fail", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1_000_000, noNaN: true }), (dollars) => {
        const told = keyHeaders.parse({ "x-litellm-key-spend": String(dollars) })["x-litellm-key-spend"];
        expect(told).toBe(Math.round(dollars * 1_000_000));
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const told = keyHeaders.parse({ "x-litellm-key-max-budget": text })["x-litellm-key-max-budget"];
        expect(told === "unknown" || (Number.isSafeInteger(told) && Number(told) >= 0)).toBe(true);
      }),
    );
  });
});

describe("the LiteLLM fingerprint", () => {
  const recognize = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    fingerprint.recognize({ status, headers, body });

  it("asks for the key's own information", () => {
    expect(fingerprint.path(BASE)).toBe("/key/info");
  });

  it("knows its own answers", () => {
    const typical = scenarios.get("typical")?.answers["GET /key/info"];
    expect(recognize(200, typical?.body, typical?.headers)).toEqual({ likelihood: "certain", version: "1.82.3" });
    const denied = scenarios.get("restricted-key")?.answers["GET /key/info"]?.body;
    expect(recognize(403, denied)).toEqual({ likelihood: "likely", version: null });
  });

  it.each([
    [401, { error: { message: "Authentication Error", type: "auth_error", param: "None", code: "401" } }, true],
    [401, { error: { message: "LiteLLM Virtual Key expected.", type: "x", code: 401 } }, true],
    [401, { error: { message: "user not allowed to access this route", type: "auth_error", code: 401 } }, undefined],
    [400, { error: { message: "over", type: "budget_exceeded", param: null, code: "400" } }, undefined],
  ])("knows its refusals: %i %j", (status, body, keyRefused) => {
    const found = recognize(status, body);
    expect(found?.likelihood).toBe("likely");
    expect(found?.keyRefused).toBe(keyRefused);
  });

  it("is sure of its own headers, whatever the body", () => {
    expect(recognize(401, undefined, { "x-litellm-call-id": "c", "x-litellm-version": "1.80.0" })).toEqual({
      likelihood: "certain",
      version: "1.80.0",
      keyRefused: true,
    });
  });

  it.each([
    [401, { error: { message: "Incorrect API key provided", type: "invalid_request_error", code: "invalid_api_key" } }],
    [401, { success: false, message: "no access token" }],
    [404, { error: { message: "Invalid URL (GET /key/info)", type: "invalid_request_error", param: "", code: "" } }],
    [404, { detail: "Not Found" }],
    [200, { data: { usage: 1, limit: 2, is_free_tier: false } }],
    [200, { isValid: true, planName: "pro", remaining: 3, unit: "USD" }],
    [200, { success: true, data: { quota_per_unit: 500000 } }],
    [200, { info: { version: "1" } }],
    [200, { tokens: { limit: 5 } }],
    [200, undefined],
    [502, { error: { message: "x", type: "auth_error", code: "502" } }],
  ])("does not take another for it: %i %j", (status, body) => {
    expect(recognize(status, body)).toBeNull();
  });
});
