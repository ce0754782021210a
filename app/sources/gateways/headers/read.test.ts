import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { type CannedAnswer, cannedTransport } from "../../../../tests/support/canned-transport.ts";
import { withoutApiPath } from "../../../settings/base-url.ts";
import { createReadContext } from "../../read-context.ts";
import { register } from "../../register.ts";
import { headers as descriptor } from "./descriptor.ts";
import { fingerprint } from "./fingerprint.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const MODELS = { object: "list", data: [{ id: "small-1", object: "model" }] };
const LIMITS = { "x-ratelimit-limit-requests": "100", "x-ratelimit-remaining-requests": "40" };
const source = register(descriptor);

async function poll(path: string, answer: CannedAnswer, baseUrl: string, options: unknown = {}) {
  const http = cannedTransport({ [path]: answer });
  const base = withoutApiPath(baseUrl, descriptor.apiPaths ?? []);
  const { context } = createReadContext({ http, baseUrl: base, key: "sk-1", auth: descriptor.auth, now: NOW });
  const read = await source.prepare(options);
  return { reading: await read(context), requests: http.requests };
}

describeFixtures(source, import.meta.url);

describe("the reader of headers", () => {
  it.each([
    ["https://gateway.example", "/v1/models", {}],
    ["https://gateway.example/v1", "/v1/models", {}],
    ["https://gateway.example/v1/chat/completions", "/v1/models", {}],
    ["https://gateway.example/team-a/v1", "/team-a/v1/models", {}],
    ["https://gateway.example/openai", "/openai/status", { path: "/status" }],
    ["https://gateway.example", "/v1/models", { path: "  " }],
  ])("asks %s for %s", async (baseUrl, path, options) => {
    const { reading, requests } = await poll(path, { headers: LIMITS, body: "fine" }, baseUrl, options);
    expect(reading.meters).toMatchObject([{ id: "requests", used: 60, remaining: 40 }]);
    expect(requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  it.each<[string, Record<string, string>, boolean]>([
    ["a limit without window", LIMITS, true],
    ["a limit of an hour", { "x-ratelimit-limit-hour": "500", "x-ratelimit-remaining-hour": "4" }, true],
    ["a limit of a day", { "x-ratelimit-limit-day": "500", "x-ratelimit-remaining-day": "4" }, false],
    ["a budget of LiteLLM", { ...LIMITS, "x-litellm-key-spend": "4", "x-litellm-key-max-budget": "10" }, false],
    ["Claude's windows", { ...LIMITS, "anthropic-ratelimit-unified-5h-utilization": "0.2" }, false],
    ["a plan of Codex", { "x-codex-primary-used-percent": "5", "x-codex-primary-window-minutes": "300" }, false],
  ])("says that there are short-term limits only where it is so: %s", async (_, told, only) => {
    const { reading } = await poll("/v1/models", { headers: told, body: "{}" }, "https://gateway.example");
    expect(reading.notices.map(({ key }) => key)).toEqual(only ? ["notice.headers-only"] : []);
  });

  it("reads the limits that a refusal by rate tells", async () => {
    const answer = { status: 429, headers: { ...LIMITS, "x-ratelimit-remaining-requests": "0", "retry-after": "7" } };
    const { reading } = await poll("/v1/models", answer, "https://gateway.example");
    expect(reading.meters).toMatchObject([{ limit: 100, used: 100, remaining: 0 }]);
  });

  it.each<[string, CannedAnswer, object]>([
    [
      "an answer without limits",
      { body: JSON.stringify(MODELS) },
      { cause: "unexpected-shape", detail: "the answer carries no rate-limit headers", status: 200 },
    ],
    ["a refusal without limits", { status: 429 }, { cause: "rate-limited", retryAt: null }],
    [
      "a refusal that says how long",
      { status: 429, headers: { "retry-after-ms": "90000" } },
      { cause: "rate-limited", retryAt: NOW + 90_000 },
    ],
    ["a wrong key", { status: 401, headers: LIMITS, body: '{"error":{"message":"no"}}' }, { cause: "key-refused" }],
    [
      "no money, said as a limit",
      { status: 402, headers: LIMITS, body: '{"error":{"code":"insufficient_quota"}}' },
      { cause: "quota-used-up" },
    ],
    [
      "a login page",
      { headers: { ...LIMITS, "content-type": "text/html" }, body: "<html>" },
      { cause: "challenge-page" },
    ],
    ["a broken gateway", { status: 503, headers: LIMITS, body: "{}" }, { cause: "server-error" }],
  ])("does not read %s", async (_, answer, failure) => {
    await expect(poll("/v1/models", answer, "https://gateway.example")).rejects.toMatchObject({ failure });
  });

  it.each(["models", "//evil.example/models", "/../admin", "/models?key=1"])("refuses the path %j", async (path) => {
    await expect(source.prepare({ path })).rejects.toMatchObject({ failure: { cause: "invalid-options" } });
  });
});

describe("the fingerprint of headers", () => {
  const recognized = (status: number, headers: Record<string, string>, body: unknown) =>
    fingerprint.recognize({ status, headers, body })?.likelihood ?? null;

  it.each([
    ["models with limits", 200, LIMITS, MODELS, "likely"],
    ["other JSON with limits", 200, LIMITS, { models: [] }, "likely"],
    ["models without limits", 200, {}, MODELS, "possible"],
    ["an empty list of models", 200, {}, { object: "list", data: [] }, "possible"],
    ["other JSON without limits", 200, {}, { models: [] }, null],
    ["a list of something else", 200, {}, { object: "list", data: [7] }, null],
    ["a web page with limits", 200, LIMITS, undefined, null],
    ["a refusal with limits", 401, LIMITS, { error: {} }, null],
  ])("takes %s as it is", (_, status, headers, body, expected) => {
    expect(recognized(status, headers, body)).toBe(expected);
  });
});
