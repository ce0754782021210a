import { createServer } from "node:net";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { probe } from "../../app/sources/probe/probe.ts";
import type { ProbeResult } from "../../app/sources/probe/result.ts";
import { sources } from "../../app/sources/registry.ts";
import type { RegisteredSource } from "../../app/sources/source.ts";
import { meterJson } from "../../main/cli/status-json.ts";
import { createTransport } from "../../main/host/transport.ts";
import { type Loopback, serveLoopback } from "../fault-gateway/loopback.ts";
import { SCENARIO_KEY } from "../scenarios/read-scenario.ts";
import { loadScenarios, type Scenario } from "../scenarios/scenario.ts";
import { serveScenario } from "../scenarios/scenario-server.ts";

/** Every gateway that has to be known from an address and a key alone. */
const RECOGNISED = [
  "bifrost",
  "cloudflare",
  "headers",
  "litellm",
  "llmgateway",
  "nanogpt",
  "neutral",
  "new-api",
  "one-api",
  "openrouter",
  "poe",
  "portkey",
  "quota-v1",
  "requesty",
  "sub2api",
  "vercel",
];

const MAX_REQUESTS = 12;
const transport = createTransport({ env: {} });
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});
afterAll(() => transport.close());

const gateways = sources.filter(({ group, recognition }) => group === "gateway" && recognition?.load !== undefined);

function typical({ id }: RegisteredSource): Scenario {
  const fixtures = new URL(`../../app/sources/gateways/${id}/fixtures/`, import.meta.url);
  const scenario = loadScenarios(fixtures).get("typical");
  if (scenario === undefined) throw new Error(`${id} has no typical fixture`);
  return scenario;
}

/** A key as this kind gives them out. */
const keyFor = ({ recognition }: RegisteredSource) =>
  SCENARIO_KEY.replace(/^sk-/, recognition?.keyPrefixes?.[0] ?? "sk-");

/** Runs from the time of a scenario on, as soon as it is first looked at: resets told as a wait count from then. */
function clockFrom(now: string) {
  let started: number | null = null;
  return {
    now: () => {
      started ??= Date.now();
      return Date.parse(now) + Date.now() - started;
    },
  };
}

function probeAt(baseUrl: string, key: string, now = "2026-11-20T12:00:00Z"): Promise<ProbeResult> {
  return probe({ baseUrl, key }, { http: transport, clock: clockFrom(now) });
}

async function serve(...[listener]: Parameters<typeof serveLoopback>): Promise<Loopback> {
  const server = await serveLoopback(listener);
  open.push(server);
  return server;
}

describe("the probe", () => {
  it("has a fingerprint of every gateway that it has to know", () => {
    expect(gateways.map(({ id }) => id)).toEqual(expect.arrayContaining(RECOGNISED));
  });

  it.each(gateways.map((source) => [source.id, source] as const))("knows %s by its answers", async (id, source) => {
    const scenario = typical(source);
    const key = keyFor(source);
    const server = await serveScenario(scenario, source.auth, key);
    open.push(server);
    const result = await probeAt(server.baseUrl, key, scenario.now);
    const [best] = result.candidates;
    expect({ kind: best?.kind, outcome: result.outcome }).toEqual({ kind: id, outcome: "found" });
    expect(server.requests.length).toBeLessThanOrEqual(MAX_REQUESTS);
    expect(server.requests.filter((request) => !request.startsWith("GET "))).toEqual([]);
    // One that was called off at once may not have come here.
    expect(result.trace.length - server.requests.length).toBeOneOf([0, 1]);
    expect(new Set(server.requests).size, "no request twice").toBe(server.requests.length);
    expect(JSON.stringify(result)).not.toContain(key);
    if (Object.keys(scenario.answers).some((request) => request.startsWith("POST "))) {
      // What takes a POST is left to the test before saving.
      expect(best).toMatchObject({ reading: null, failure: null });
      return;
    }
    if (!("meters" in scenario.expect)) throw new Error("a typical fixture has meters");
    expect(best?.failure).toBeNull();
    expect(best?.reading?.meters.map(meterJson)).toMatchObject(scenario.expect.meters);
    expect(best?.reading?.meters).toHaveLength(scenario.expect.meters.length);
  });

  it.each(gateways.map((source) => [source.id, source] as const))(
    "knows %s by the address of its inference API",
    async (id, source) => {
      const scenario = typical(source);
      const key = keyFor(source);
      const server = await serveScenario(scenario, source.auth, key);
      open.push(server);
      const paste = `${server.baseUrl}${source.apiPaths?.find((path) => path.endsWith("/v1")) ?? "/v1"}/chat/completions`;
      const { candidates } = await probeAt(paste, key, scenario.now);
      expect(candidates[0]).toMatchObject({ kind: id, baseUrl: server.baseUrl });
    },
  );

  it("is done within five seconds where nothing ever answers", { timeout: 15_000 }, async () => {
    const paths: string[] = [];
    const server = await serve((request) => {
      paths.push(request.url ?? "");
    });
    const started = performance.now();
    const result = await probeAt(server.origin, SCENARIO_KEY);
    // The five seconds, and what a busy machine takes to notice that they are over.
    expect(performance.now() - started).toBeLessThan(6_500);
    expect(result).toMatchObject({ outcome: "unreachable", reason: { code: "timed-out" }, candidates: [] });
    expect(paths.length).toBeLessThanOrEqual(MAX_REQUESTS);
  });

  it("gives up at once where nobody listens", async () => {
    const port = await freePort();
    const result = await probeAt(`http://127.0.0.1:${port}`, SCENARIO_KEY);
    expect(result).toMatchObject({ outcome: "unreachable", reason: { code: "unreachable" } });
    expect(result.trace.length).toBeLessThanOrEqual(3);
  });

  it("sends the key to no other host, wherever it is redirected to", async () => {
    const seen: string[] = [];
    const other = await serve((request, response) => {
      seen.push(JSON.stringify(request.headers));
      response.end("{}");
    });
    const server = await serve((request, response) => {
      response.writeHead(302, { location: `${other.origin}${request.url ?? ""}` }).end();
    });
    const result = await probeAt(server.origin, SCENARIO_KEY);
    expect(seen).toEqual([]);
    expect(result).toMatchObject({ outcome: "nothing", reason: { code: "redirected" }, candidates: [] });
    expect(result.reason.detail).toBe(other.origin);
  });

  it("counts the redirects that it follows, and ends at the sign-in page they lead to", async () => {
    let requests = 0;
    const server = await serve((request, response) => {
      requests += 1;
      if (request.url === "/login") response.writeHead(200, { "content-type": "text/html" }).end("<html></html>");
      else response.writeHead(302, { location: "/login" }).end();
    });
    const result = await probeAt(server.origin, SCENARIO_KEY);
    expect(result).toMatchObject({ outcome: "nothing", reason: { code: "web-page" } });
    expect(requests).toBeGreaterThan(6);
    expect(requests).toBeLessThanOrEqual(MAX_REQUESTS);
  });

  it.each<[string, number, string, string, string]>([
    ["a login page", 200, "text/html", "<!doctype html><title>Sign in</title>", "web-page"],
    ["empty objects", 200, "application/json", "{}", "not-recognised"],
    ["empty lists", 200, "application/json", "[]", "not-recognised"],
    ["a word", 200, "application/json", '"ok"', "not-recognised"],
    ["a refusal of everything", 401, "application/json", '{"message":"no"}', "refused"],
    ["an error of its own", 500, "application/json", "{}", "server-error"],
    ["a request to wait", 429, "application/json", "{}", "rate-limited"],
  ])("takes %s for nothing, and says why", async (_, status, type, body, code) => {
    const requests: string[] = [];
    const server = await serve((request, response) => {
      requests.push(request.url ?? "");
      response.writeHead(status, { "content-type": type }).end(body);
    });
    const result = await probeAt(server.origin, SCENARIO_KEY);
    expect(result).toMatchObject({ outcome: "nothing", reason: { code }, candidates: [] });
    expect(requests.length).toBeLessThanOrEqual(MAX_REQUESTS);
    expect(JSON.stringify(result)).not.toContain(SCENARIO_KEY);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  await new Promise((resolve) => server.close(resolve));
  return address.port;
}
