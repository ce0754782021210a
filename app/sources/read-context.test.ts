import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type CannedAnswer, cannedTransport } from "../../tests/support/canned-transport.ts";
import type { TransportFailure } from "../ports.ts";
import { type Failure, ReadError } from "../quota/failure.ts";
import { createReadContext } from "./read-context.ts";

const NOW = Date.UTC(2026, 10, 20, 12, 0, 0);
const BASE = "https://gateway.example/llm";
const KEY = "sk-test-0123456789";
const auth = { header: "authorization", prefix: "Bearer " };
const schema = z.object({ cost: z.object({ limit: z.number() }) });
const GOOD = '{"cost":{"limit":4}}';

function contextFor(answer: CannedAnswer | { failure: TransportFailure }) {
  const http = cannedTransport({ "/llm/quota": answer });
  return { http, ...createReadContext({ http, baseUrl: BASE, key: KEY, auth, now: NOW }) };
}

async function failureOf(answer: CannedAnswer | { failure: TransportFailure }): Promise<Failure> {
  const { context, trace } = contextFor(answer);
  const error = await context.getJson("/quota", schema).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ReadError)) throw new Error(`expected a ReadError, got ${String(error)}`);
  expect(trace.at(-1)?.problem).toBe(error.failure.cause);
  return error.failure;
}

const HTML = { "content-type": "text/html; charset=utf-8" };
const PAGE = "<!doctype html><title>Sign in</title>";

describe("what is sent", () => {
  it("asks below the base URL with the secret header, and traces without query", async () => {
    const http = cannedTransport({ "/llm/quota?scope=key": { body: GOOD } });
    const { context, trace } = createReadContext({ http, baseUrl: BASE, key: KEY, auth, now: NOW });
    await expect(context.getJson("/quota?scope=key", schema)).resolves.toEqual({ cost: { limit: 4 } });
    expect(http.requests).toEqual([
      {
        method: "GET",
        url: `${BASE}/quota?scope=key`,
        headers: { accept: "application/json" },
        secretHeaders: [{ name: "authorization", value: `Bearer ${KEY}`, origin: "https://gateway.example" }],
        timeoutMs: 15_000,
        maxBytes: 1024 * 1024,
      },
    ]);
    expect(trace).toEqual([
      { method: "GET", url: `${BASE}/quota`, status: 200, ms: 12, bytes: GOOD.length, problem: null },
    ]);
  });

  it("shares one deadline between the requests of a poll", async () => {
    const http = cannedTransport({ "/a": { body: GOOD, ms: 900 }, "/b": { body: GOOD, ms: 200 } });
    const { context } = createReadContext({
      http,
      baseUrl: "https://gateway.example",
      key: KEY,
      auth,
      now: NOW,
      timeoutMs: 1000,
    });
    await context.getJson("/a", schema);
    await context.getJson("/b", schema);
    await expect(context.getJson("/a", schema)).rejects.toMatchObject({ failure: { cause: "timed-out" } });
    expect(http.requests.map((request) => request.timeoutMs)).toEqual([1000, 100]);
  });

  it.each(["quota", "//evil.example/quota", "/../quota", "/%2e%2e/quota", "/..\\quota", ".evil.example/", "@evil/"])(
    "sends nothing for the path %s that leaves the address",
    async (path) => {
      const http = cannedTransport({});
      const { context } = createReadContext({ http, baseUrl: BASE, key: KEY, auth, now: NOW });
      const outcome = await context.getJson(path, schema).catch((error: unknown) => error);
      const sent = http.requests.map((request) => request.url);
      // A double slash is only an empty folder below the address; all else is refused before anything is sent.
      if (path.startsWith("//")) expect(sent).toEqual([`${BASE}${path}`]);
      else {
        expect(sent).toEqual([]);
        expect(outcome).toMatchObject({ failure: { cause: "invalid-options" } });
      }
    },
  );
});

describe("what comes back", () => {
  it("takes JSON that is labelled as something else, and with a byte order mark", async () => {
    for (const type of ["text/plain", "text/html", ""]) {
      const { context } = contextFor({ body: `\uFEFF ${GOOD}`, headers: { "content-type": type } });
      await expect(context.getJson("/quota", schema)).resolves.toEqual({ cost: { limit: 4 } });
    }
  });

  it.each<[string, CannedAnswer, Partial<Failure>]>([
    ["401", { status: 401, body: "{}" }, { cause: "key-refused", status: 401 }],
    ["401 with an empty body called HTML", { status: 401, headers: HTML }, { cause: "key-refused" }],
    ["402", { status: 402 }, { cause: "quota-used-up" }],
    ["403", { status: 403, body: '{"error":"no"}' }, { cause: "key-lacks-permission" }],
    ["403 with a page", { status: 403, body: PAGE, headers: HTML }, { cause: "challenge-page", status: 403 }],
    ["401 with a page", { status: 401, body: PAGE, headers: HTML }, { cause: "challenge-page" }],
    ["404", { status: 404 }, { cause: "not-found" }],
    ["404 with a page", { status: 404, body: PAGE, headers: HTML }, { cause: "not-found" }],
    ["408", { status: 408 }, { cause: "server-error" }],
    ["418", { status: 418 }, { cause: "unexpected-shape", status: 418 }],
    ["304", { status: 304 }, { cause: "unexpected-shape", status: 304 }],
    ["429", { status: 429 }, { cause: "rate-limited", retryAt: null }],
    [
      "429 with a time to retry",
      { status: 429, headers: { "retry-after": "90" } },
      { cause: "rate-limited", retryAt: NOW + 90_000 },
    ],
    [
      "429 with a date to retry",
      { status: 429, headers: { "retry-after": "Fri, 20 Nov 2026 12:05:00 GMT" } },
      { cause: "rate-limited", retryAt: NOW + 300_000 },
    ],
    ["429 with a page", { status: 429, body: PAGE, headers: HTML }, { cause: "challenge-page" }],
    [
      "429 with a proxy's page and a time to retry",
      { status: 429, body: PAGE, headers: { ...HTML, "retry-after": "5" } },
      { cause: "rate-limited", retryAt: NOW + 5000 },
    ],
    ["500", { status: 500 }, { cause: "server-error", status: 500 }],
    ["500 with a page", { status: 500, body: PAGE, headers: HTML }, { cause: "server-error" }],
    ["502", { status: 502, body: "Bad gateway" }, { cause: "server-error" }],
    ["503", { status: 503, headers: { "retry-after": "30" } }, { cause: "server-error", retryAt: NOW + 30_000 }],
    ["503 with a page", { status: 503, body: PAGE, headers: HTML }, { cause: "challenge-page" }],
    [
      "503 that says that it is a challenge",
      { status: 503, body: "{}", headers: { "cf-mitigated": "challenge", "retry-after": "5" } },
      { cause: "challenge-page", retryAt: NOW + 5000 },
    ],
    ["a page", { body: PAGE, headers: HTML }, { cause: "challenge-page", status: 200 }],
    ["a page under another label", { body: `\n${PAGE}` }, { cause: "challenge-page" }],
    ["XML", { body: "<e/>", headers: { "content-type": "application/xml" } }, { cause: "unexpected-shape" }],
    ["nothing", { body: "" }, { cause: "unexpected-shape", detail: "the answer is empty" }],
    ["204", { status: 204 }, { cause: "unexpected-shape", detail: "the answer is empty" }],
    [
      "a body cut short",
      { body: GOOD.slice(0, -3) },
      { cause: "unexpected-shape", detail: "the answer is not JSON, or was cut short" },
    ],
    ["NaN", { body: '{"cost":{"limit":NaN}}' }, { cause: "unexpected-shape" }],
    ["null", { body: "null" }, { cause: "unexpected-shape" }],
    ["data null", { body: '{"data":null}' }, { cause: "unexpected-shape", status: 200 }],
    ["an error with a status", { body: '{"error":{"code":401}}' }, { cause: "key-refused", status: 200 }],
    ["an error with a status as text", { body: '{"error":{"code":"429"}}' }, { cause: "rate-limited" }],
    ["an error with a name", { body: '{"error":{"code":"insufficient_quota"}}' }, { cause: "quota-used-up" }],
    ["an error with an unknown code", { body: '{"error":{"code":-32000}}' }, { cause: "unexpected-shape" }],
    ["an error of success", { body: '{"error":{"code":200}}' }, { cause: "unexpected-shape" }],
    ["an error as text", { body: '{"error":"boom"}' }, { cause: "unexpected-shape" }],
  ])("names the cause of %s", async (_, answer, expected) => {
    expect(await failureOf(answer)).toMatchObject(expected);
  });

  it("takes a body whose error is null", async () => {
    const { context } = contextFor({ body: '{"error":null,"cost":{"limit":4}}' });
    await expect(context.getJson("/quota", schema)).resolves.toEqual({ cost: { limit: 4 } });
  });

  it("names the field that does not fit, and no value", async () => {
    const failure = await failureOf({ body: `{"cost":{"limit":"${KEY}"}}` });
    expect(failure.detail).toMatch(/^cost\.limit: /);
    expect(JSON.stringify(failure)).not.toContain(KEY);
  });

  it.each<[TransportFailure, Partial<Failure>]>([
    [
      { kind: "unreachable", detail: "connection refused" },
      { cause: "unreachable", detail: "connection refused" },
    ],
    [{ kind: "timed-out" }, { cause: "timed-out", status: null }],
    [{ kind: "cancelled" }, { cause: "timed-out" }],
    [
      { kind: "tls-untrusted", detail: "self-signed" },
      { cause: "tls-untrusted", detail: "self-signed" },
    ],
    [
      { kind: "too-large", status: 200 },
      { cause: "answer-too-large", status: 200 },
    ],
    [
      { kind: "redirected-elsewhere", status: 302, host: "login.example" },
      { cause: "redirected-elsewhere", status: 302, detail: "to login.example" },
    ],
    [
      { kind: "malformed", detail: "not HTTP" },
      { cause: "unexpected-shape", detail: "not HTTP" },
    ],
  ])("names the cause of the transport's %j", async (failure, expected) => {
    expect(await failureOf({ failure })).toMatchObject(expected);
  });

  it("remembers the latest time that any answer asked to wait for", async () => {
    const http = cannedTransport({
      "/a": { body: GOOD, headers: { "retry-after": "600" } },
      "/b": { status: 429, headers: { "retry-after": "60" } },
    });
    const traced = createReadContext({ http, baseUrl: "https://gateway.example", key: KEY, auth, now: NOW });
    expect(traced.lastRetryAt).toBeNull();
    await traced.context.getJson("/a", schema);
    await traced.context.getJson("/b", schema).catch(() => null);
    // Counted from when the answer came.
    expect(traced.lastRetryAt).toBe(NOW + 600_000 + 12);
    expect(traced.trace.map((step) => [step.status, step.problem])).toEqual([
      [200, null],
      [429, "rate-limited"],
    ]);
  });
});
