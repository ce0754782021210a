import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import type { AppState } from "../../../app/contract/contract.ts";
import { DEFAULT_METRICS_SETTINGS, type MetricsSettings } from "../../../app/settings/metrics-settings.ts";
import { meter } from "../../../tests/ui/scripted-meters.ts";
import { appState, source } from "../../../tests/ui/scripted-states.ts";
import { createRedactor } from "../redactor.ts";
import { createSystemClock } from "../system-clock.ts";
import { createTransport } from "../transport.ts";
import { createMetricsExporter } from "./metrics-exporter.ts";

const NOW = Date.now();
const HOUR = 3_600_000;
const SECRET = "collector-secret-0123456789";
let profileDir: string;
let cleanUp: (() => Promise<void>)[];

beforeEach(async () => {
  profileDir = await mkdtemp(join(tmpdir(), "plimsoll-metrics-"));
  cleanUp = [];
});
afterEach(async () => {
  for (const done of cleanUp.toReversed()) await done();
  await rm(profileDir, { recursive: true, force: true });
});

function exporter(env: Readonly<Record<string, string>> = {}) {
  const logged: string[] = [];
  const http = createTransport({ env: {} });
  const made = createMetricsExporter({
    profileDir,
    version: "1.2.3",
    clock: createSystemClock(),
    http,
    logger: { log: (level, event, fields) => logged.push(JSON.stringify({ level, event, ...fields })) },
    redactor: createRedactor(),
    env,
  });
  cleanUp.push(async () => {
    await made.stop();
    await http.close();
  });
  return { made, logged };
}

const shown = (): AppState =>
  appState([
    source("team", "Team gateway", NOW, {
      reading: {
        meters: [
          meter("tokens", NOW, { used: 750, remaining: 250, limit: 1000 }),
          meter("cost", NOW, {
            unit: { kind: "money", currency: "USD" },
            limit: 40_000_000,
            used: 10_000_000,
            remaining: 30_000_000,
          }),
          meter("over", NOW, {
            used: 5,
            window: { kind: "period", resetsAt: NOW - HOUR, resetBasis: "reported" },
          }),
          meter("none", NOW, { limit: "unlimited", used: "unknown", remaining: "unlimited" }),
        ],
        account: "ci-runner",
        notices: [],
      },
    }),
    source("demo", "Demo", NOW, { demo: true }),
  ]);

const settings = (change: {
  prometheus?: Partial<MetricsSettings["prometheus"]>;
  otlp?: Partial<MetricsSettings["otlp"]>;
  includeLabels?: boolean;
}): MetricsSettings => ({
  ...DEFAULT_METRICS_SETTINGS,
  prometheus: { ...DEFAULT_METRICS_SETTINGS.prometheus, ...change.prometheus },
  otlp: { ...DEFAULT_METRICS_SETTINGS.otlp, ...change.otlp },
  includeLabels: change.includeLabels ?? false,
});

describe("the Prometheus endpoint", () => {
  async function started(includeLabels = false) {
    const { made } = exporter();
    await made.apply(settings({ prometheus: { enabled: true }, includeLabels }), shown);
    const { url, tokenFile } = made.status().prometheus;
    if (url === null || tokenFile === null) throw new Error("not started");
    const token = (await readFile(tokenFile, "utf8")).trim();
    return { made, url, token, tokenFile };
  }
  const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

  it("tells every figure that is true, in its unit, and no other", async () => {
    const { url, token } = await started();
    const text = await (await fetch(url, bearer(token))).text();
    const lines = text.split("\n");
    const of = (name: string) => lines.filter((line) => line.startsWith(`${name}{`));
    expect(of("plimsoll_quota_tokens_limit")).toHaveLength(1);
    expect(of("plimsoll_quota_tokens_remaining")[0]).toMatch(/plimsoll_meter_id="tokens".*\} 250$/);
    expect(of("plimsoll_quota_tokens_usage")[0]).toMatch(/\} 750$/);
    expect(of("plimsoll_quota_money_remaining")[0]).toMatch(/plimsoll_currency="USD".*\} 30$/);
    expect(of("plimsoll_quota_utilization").map((line) => line.split("} ")[1])).toEqual(["0.75", "0.25"]);
    expect(of("plimsoll_source_up")).toHaveLength(1);
    expect(text).toContain('service_name="plimsoll"');
    // Past its reset, without a limit, or nobody's: no figure stands for it.
    expect(lines.filter((line) => line.includes('"none"')).map((line) => line.split("{")[0])).toEqual([
      "plimsoll_quota_reset_time",
    ]);
    for (const absent of ['"over"', '"demo"', "Team gateway", "ci-runner"]) expect(text).not.toContain(absent);
  });

  it("names sources only where the user agreed to it", async () => {
    const { url, token } = await started(true);
    const text = await (await fetch(url, bearer(token))).text();
    expect(text).toContain('plimsoll_source_label="Team gateway"');
    expect(text).toContain('plimsoll_account="ci-runner"');
  });

  it("refuses who has no token, other addresses, methods and pages", async () => {
    const { url, token } = await started();
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, bearer(`${token}x`))).status).toBe(401);
    expect((await fetch(url, { method: "POST", body: "x", ...bearer(token) })).status).toBe(405);
    expect((await fetch(url.replace("/metrics", "/"), bearer(token))).status).toBe(404);
    const page = { headers: { Authorization: `Bearer ${token}`, Origin: "https://evil.example" } };
    expect((await fetch(url, page)).status).toBe(403);
    const rebound = await withHost(url, "evil.example", token);
    expect(rebound).toBe(421);
    expect((await fetch(url, bearer(token))).status).toBe(200);
  });

  it("keeps its token for its owner alone, and over a restart", async () => {
    const { made, token, tokenFile } = await started();
    if (process.platform !== "win32") expect((await stat(tokenFile)).mode & 0o777).toBe(0o600);
    await made.stop();
    expect((await started()).token).toBe(token);
  });

  it("makes another token where the kept one is none", async () => {
    await writeFile(join(profileDir, "metrics-token"), "short\n");
    const { token } = await started();
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it("ends when it is switched off, and says when a port is taken", async () => {
    const { made, url, token } = await started();
    const other = exporter().made;
    const port = Number(new URL(url).port);
    await other.apply(settings({ prometheus: { enabled: true, port } }), shown);
    expect(other.status().prometheus).toEqual({
      url: null,
      tokenFile: null,
      problem: `port ${port} is in use by another program`,
    });
    await made.apply(settings({}), shown);
    expect(made.status().prometheus.url).toBeNull();
    await expect(fetch(url, bearer(token))).rejects.toThrow();
  });
});

const pushSchema = z.object({
  resourceMetrics: z.array(
    z.object({
      resource: z.object({ attributes: z.array(z.object({ key: z.string(), value: z.unknown() })) }),
      scopeMetrics: z.array(
        z.object({ metrics: z.array(z.object({ name: z.string(), unit: z.string(), gauge: z.unknown() })) }),
      ),
    }),
  ),
});

describe("the OTLP push", () => {
  async function collector(status = 200) {
    const received: { headers: NodeJS.Dict<string | string[]>; body: string; url: string }[] = [];
    const arrived = Promise.withResolvers<void>();
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on("end", () => {
        received.push({ headers: request.headers, body, url: request.url ?? "" });
        response.writeHead(status, { "content-type": "application/json" }).end("{}");
        arrived.resolve();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    cleanUp.push(() => new Promise((resolve) => server.close(() => resolve())));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    return { endpoint: `http://127.0.0.1:${address.port}/v1/metrics`, received, arrived: arrived.promise };
  }

  it("sends the figures to the collector, at the latest when it ends, with its headers", async () => {
    const { endpoint, received } = await collector();
    const { made, logged } = exporter({ COLLECTOR_HEADERS: `x-team=quotas,authorization=Bearer%20${SECRET}` });
    await made.apply(
      settings({ otlp: { enabled: true, endpoint, intervalSeconds: 3600, headersEnv: "COLLECTOR_HEADERS" } }),
      shown,
    );
    await made.stop();
    expect(received).toHaveLength(1);
    const [push] = received;
    expect(push?.url).toBe("/v1/metrics");
    expect(push?.headers["authorization"]).toBe(`Bearer ${SECRET}`);
    expect(push?.headers["x-team"]).toBe("quotas");
    const body = pushSchema.parse(JSON.parse(push?.body ?? ""));
    const names = body.resourceMetrics.flatMap(({ scopeMetrics }) =>
      scopeMetrics.flatMap(({ metrics }) => metrics.map(({ name }) => name)),
    );
    expect(names).toContain("plimsoll.quota.tokens.remaining");
    expect(push?.body).toContain("service.instance.id");
    expect(push?.body).not.toContain("Team gateway");
    expect(made.status().otlp.problem).toBeNull();
    expect(made.status().otlp.lastPushAt).not.toBeNull();
    expect(JSON.stringify([made.status(), logged])).not.toContain(SECRET);
  });

  it("says what the collector answered, and sends nothing by the SDK's own variables", async () => {
    const { endpoint, received } = await collector(403);
    process.env["OTEL_EXPORTER_OTLP_HEADERS"] = `authorization=${SECRET}`;
    cleanUp.push(async () => {
      delete process.env["OTEL_EXPORTER_OTLP_HEADERS"];
    });
    const { made, logged } = exporter();
    await made.apply(settings({ otlp: { enabled: true, endpoint, intervalSeconds: 3600 } }), shown);
    await made.stop();
    expect(received[0]?.headers["authorization"]).toBeUndefined();
    expect(made.status().otlp.problem).toBe("the collector answered HTTP 403");
    expect(logged.join()).toContain("otlp-push-failed");
  });

  it.each([
    ["a variable that is not set", { headersEnv: "NOT_SET" }, {}, "the environment variable NOT_SET is not set"],
    [
      "headers that are none",
      { headersEnv: "H" },
      { H: "no-equals" },
      'the headers in H cannot be used: entry 1 is not "name=value"',
    ],
    [
      "headers in the clear to another computer",
      { headersEnv: "H", endpoint: "http://collector.example/v1/metrics" },
      { H: "a=b" },
      "headers are not sent over plain http to another computer: use https",
    ],
    [
      "an address with a key",
      { endpoint: "https://a.example/?key=1" },
      {},
      "the collector's address is not usable (has-query)",
    ],
  ])("refuses %s", async (_name, change, env, problem) => {
    const { made } = exporter(env);
    await made.apply(settings({ otlp: { enabled: true, ...change } }), shown);
    expect(made.status().otlp.problem).toBe(problem);
  });

  it("says when there is no collector", async () => {
    const { made } = exporter();
    await made.apply(settings({ otlp: { enabled: true, endpoint: "http://127.0.0.1:9/v1/metrics" } }), shown);
    await made.stop();
    expect(made.status().otlp.problem).toMatch(/refused|connect|unreachable|bad port/i);
  });
});

/** The status of a request under another Host, which fetch does not let one set. */
async function withHost(url: string, host: string, token: string): Promise<number> {
  const { request } = await import("node:http");
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers: { Host: host, Authorization: `Bearer ${token}` } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end();
  });
}
