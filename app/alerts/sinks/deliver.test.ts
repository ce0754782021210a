import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { createCommands } from "../../../main/host/commands.ts";
import { createCredentialReferences } from "../../../main/host/credential-references.ts";
import { createLogFile, type LogFile } from "../../../main/host/log-file.ts";
import { createRedactor } from "../../../main/host/redactor.ts";
import { createSessionVault } from "../../../main/host/session-vault.ts";
import { createTransport, type Transport } from "../../../main/host/transport.ts";
import { createVirtualClock, type VirtualClock } from "../../../tests/engine/virtual-clock.ts";
import { delivery, NASTY, NOW, sampleAlert } from "../../../tests/support/sample-alerts.ts";
import { httpServer, type TestServer } from "../../../tests/support/servers.ts";
import type { SecretVault } from "../../ports.ts";
import { type SinkConfig, sinkAddressId, sinkTokenId, type Webhook } from "../../settings/sink-settings.ts";
import type { SinkOutcome } from "../alert-log.ts";
import { createSinkDelivery, type SinkDelivery } from "./deliver.ts";
import { englishMessages } from "./english-message.ts";

const PATH_SECRET = "T0SECRET/B0SECRET/x9y8z7w6v5u4";
const TOKEN = "tk_do-not-tell-0123456789";
const ENV_SECRET = "my-secret-topic-8f7e6d5c4b3a";

interface Got {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

let folder: string;
let servers: TestServer[];
let got: Got[];
let answer: (response: ServerResponse, request: IncomingMessage) => void;
let transport: Transport;
let log: LogFile;
let vault: SecretVault;
let clock: VirtualClock;
let sinks: SinkConfig[];
let env: Record<string, string>;
let delivering: SinkDelivery;
let server: TestServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-sinks-"));
  servers = [];
  got = [];
  answer = (response) => response.end("ok");
  transport = createTransport({ env: {} });
  const redactor = createRedactor();
  log = createLogFile({ profile: folder, redactor });
  vault = createSessionVault(redactor, "in tests");
  clock = createVirtualClock(NOW);
  sinks = [];
  env = {};
  server = await serve();
  delivering = createSinkDelivery({
    ports: {
      clock,
      random: { next: () => 0.5, id: () => "id" },
      http: transport,
      vault,
      references: createCredentialReferences(env, redactor),
      logger: log,
      commands: createCommands(process.env),
    },
    sinks: () => sinks,
    message: englishMessages(),
  });
});

afterEach(async () => {
  log.close();
  await transport.close();
  await Promise.all(servers.map((each) => each.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function serve(): Promise<TestServer> {
  const started = await httpServer((request, response) => {
    void readText(request).then((text) => {
      got.push({
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: z.unknown().parse(JSON.parse(text)),
      });
      answer(response, request);
    });
  });
  servers.push(started);
  return started;
}

async function addWebhook(change: Partial<Webhook> = {}, path = `/services/${PATH_SECRET}`): Promise<Webhook> {
  const webhook: Webhook = {
    type: "webhook",
    id: `sink-${sinks.length + 1}`,
    label: "Team channel",
    enabled: true,
    format: "slack",
    origin: server.origin,
    address: { type: "vault" },
    hasToken: false,
    ...change,
  };
  sinks.push(webhook);
  if (webhook.address.type === "vault") {
    await vault.set(sinkAddressId(webhook.id), webhook.origin, `${webhook.origin}${path}`);
  }
  if (webhook.hasToken) await vault.set(sinkTokenId(webhook.id), webhook.origin, TOKEN);
  return webhook;
}

/** Lets the virtual time run on, with pauses for the real network, until something has come. */
async function driven<T>(work: Promise<T>): Promise<T> {
  let over = false;
  const done = work.finally(() => {
    over = true;
  });
  while (!over) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    await clock.advance(250);
  }
  return done;
}

const deliver = (alert = sampleAlert()): Promise<readonly SinkOutcome[]> => driven(delivering.deliver(delivery(alert)));

function expectNoSecretIn(outcomes: unknown): void {
  log.close();
  const logged = readFileSync(log.path, "utf8");
  for (const text of [JSON.stringify(outcomes), logged]) {
    for (const secret of [PATH_SECRET, "x9y8z7w6v5u4", TOKEN, ENV_SECRET, "services/"])
      expect(text).not.toContain(secret);
  }
}

describe("a delivery", () => {
  it("reaches every enabled sink at once, each in its own format", async () => {
    await addWebhook({ format: "slack" });
    await addWebhook({ format: "discord" }, "/api/webhooks/1/abc");
    await addWebhook({ format: "json", hasToken: true }, "/alerts?team=a%20b");
    await addWebhook({ format: "ntfy", hasToken: true }, "/secret-topic");
    await addWebhook({ format: "json", enabled: false }, "/off");
    const outcomes = await deliver(sampleAlert({ sourceLabel: NASTY }));
    expect(outcomes).toEqual(
      [1, 2, 3, 4].map((number) => ({ sink: `sink-${number}`, ok: true, detail: `200 from ${server.origin}` })),
    );
    const byPath = new Map(got.map((request) => [request.path, request]));
    expect([...byPath.keys()].sort()).toEqual([
      "/",
      "/alerts?team=a%20b",
      "/api/webhooks/1/abc",
      `/services/${PATH_SECRET}`,
    ]);
    expect(byPath.get("/")?.body).toMatchObject({ topic: "secret-topic", title: `${NASTY}: 15% left` });
    expect(byPath.get("/")?.headers["authorization"]).toBe(`Bearer ${TOKEN}`);
    expect(byPath.get("/alerts?team=a%20b")?.body).toMatchObject({
      schemaVersion: 1,
      alerts: [{ kind: "percent-left" }],
    });
    expect(byPath.get(`/services/${PATH_SECRET}`)?.body).toMatchObject({ blocks: [{ type: "header" }, {}] });
    expect(byPath.get(`/services/${PATH_SECRET}`)?.headers).not.toHaveProperty("authorization");
    for (const request of got) {
      expect(request.method).toBe("POST");
      expect(request.headers["content-type"]).toBe("application/json");
    }
    expectNoSecretIn(outcomes);
  });

  it("of several alerts is one message", async () => {
    await addWebhook({ format: "ntfy" }, "/topic");
    const alerts = [sampleAlert({ id: "1" }), sampleAlert({ id: "2", sourceId: "s2", sourceLabel: "OpenRouter" })];
    await driven(delivering.deliver({ id: "both", alerts }));
    expect(got.map(({ body }) => body)).toEqual([
      expect.objectContaining({
        title: "2 alerts: Team gateway, OpenRouter",
        message: "Team gateway: 15% left (Spend)\nOpenRouter: 15% left (Spend)",
      }),
    ]);
  });

  it("is nothing where there is no sink", async () => {
    expect(await delivering.deliver(delivery(sampleAlert()))).toEqual([]);
    expect(clock.pendingTimers()).toBe(0);
  });

  it("is tried again where that helps, with the same id", async () => {
    await addWebhook({ format: "json" });
    let busy = 2;
    answer = (response) => {
      busy -= 1;
      response.statusCode = busy >= 0 ? 503 : 200;
      response.end();
    };
    expect(await deliver()).toEqual([{ sink: "sink-1", ok: true, detail: `200 from ${server.origin} (3 tries)` }]);
    const id = z.object({ id: z.string() });
    expect(new Set(got.map(({ body }) => id.parse(body).id)).size).toBe(1);
  });

  it("waits as long as it is told to before it tries again", async () => {
    await addWebhook();
    const at: number[] = [];
    answer = (response) => {
      at.push(clock.now());
      if (at.length === 1) response.writeHead(429, { "retry-after": "60" });
      response.end();
    };
    expect(await deliver()).toMatchObject([{ ok: true }]);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(60_000);
  });

  it("is not held up by a sink that does not answer well", async () => {
    const other = await serve();
    await addWebhook();
    await addWebhook({ origin: other.origin, format: "json" }, "/fine");
    answer = (response, request) => {
      response.statusCode = request.headers.host === new URL(other.origin).host ? 200 : 404;
      response.end(`there is no ${PATH_SECRET}`);
    };
    const outcomes = await deliver();
    expect(outcomes).toEqual([
      { sink: "sink-1", ok: false, detail: `404 from ${server.origin}: there is no such webhook (any more)` },
      { sink: "sink-2", ok: true, detail: `200 from ${other.origin}` },
    ]);
    expectNoSecretIn(outcomes);
  });

  it("goes nowhere else, wherever it is pointed to", async () => {
    const other = await serve();
    await addWebhook({ hasToken: true });
    answer = (response) => {
      response.writeHead(307, { location: `${other.origin}/${PATH_SECRET}` });
      response.end();
    };
    const outcomes = await deliver();
    expect(outcomes).toEqual([
      {
        sink: "sink-1",
        ok: false,
        detail: `307 from ${server.origin}: it points to another address, which is not followed`,
      },
    ]);
    expect(other.seen).toEqual([]);
    expectNoSecretIn(outcomes);
  });

  it("to one that cannot be reached says so, without its address", async () => {
    await addWebhook();
    await server.close();
    const outcomes = await deliver();
    expect(outcomes).toEqual([
      { sink: "sink-1", ok: false, detail: `${server.origin} cannot be reached: connection refused (4 tries)` },
    ]);
    expectNoSecretIn(outcomes);
  });

  it("finds the address in a variable", async () => {
    await addWebhook({ format: "ntfy", address: { type: "env", name: "NTFY_URL" } });
    env["NTFY_URL"] = `${server.origin}/${ENV_SECRET}\n`;
    const outcomes = await deliver();
    expect(outcomes).toMatchObject([{ ok: true }]);
    expect(got[0]?.body).toMatchObject({ topic: ENV_SECRET });
    expectNoSecretIn(outcomes);
  });

  it.each<[string, Partial<Webhook>, Record<string, string>, string]>([
    [
      "that is not set",
      { address: { type: "env", name: "NTFY_URL" } },
      {},
      "the variable NTFY_URL with its address is not set",
    ],
    [
      "that points elsewhere by now",
      { address: { type: "env", name: "NTFY_URL" } },
      { NTFY_URL: `https://elsewhere.example/${ENV_SECRET}` },
      "save the webhook again",
    ],
    [
      "that holds no address",
      { address: { type: "env", name: "NTFY_URL" } },
      { NTFY_URL: ENV_SECRET },
      "its address cannot be used (no-scheme)",
    ],
  ])("does not go to a variable %s", async (_what, change, variables, detail) => {
    await addWebhook({ ...change, hasToken: true });
    Object.assign(env, variables);
    const outcomes = await deliver();
    expect(outcomes).toEqual([{ sink: "sink-1", ok: false, detail: expect.stringContaining(detail) }]);
    expect(got).toEqual([]);
    expectNoSecretIn(outcomes);
  });

  it("says which of its secrets is missing", async () => {
    await addWebhook({ hasToken: true });
    await vault.delete(sinkTokenId("sink-1"));
    await addWebhook();
    await vault.delete(sinkAddressId("sink-2"));
    expect(await deliver()).toMatchObject([
      { ok: false, detail: "its token is not saved: enter it again" },
      { ok: false, detail: "its address is not saved: enter it again" },
    ]);
    expect(got).toEqual([]);
  });

  it("does not go to a sink that was removed or switched off while it waited", async () => {
    await addWebhook();
    answer = (response) => {
      sinks = [];
      response.writeHead(503).end();
    };
    expect(await deliver()).toMatchObject([{ ok: false, detail: "it was removed meanwhile (2 tries)" }]);
  });

  it("survives a vault that throws, without its words", async () => {
    await addWebhook();
    vault.get = () => Promise.reject(new Error(PATH_SECRET));
    const outcomes = await deliver();
    expect(outcomes).toEqual([{ sink: "sink-1", ok: false, detail: "Plimsoll made a mistake; the log says more" }]);
    expectNoSecretIn(outcomes);
  });

  it("runs a program with the facts", async () => {
    const report = join(folder, "report");
    sinks.push({
      type: "command",
      id: "sink-1",
      label: "Sound",
      enabled: true,
      argv: [
        process.execPath,
        "-e",
        "require('fs').writeFileSync(process.argv[1], JSON.stringify(process.env))",
        report,
      ],
      timeoutSeconds: 60,
    });
    const outcomes = await deliver(sampleAlert({ sourceLabel: "Größe; rm -rf ~ $(id)\n\u0007x" }));
    expect(outcomes).toEqual([{ sink: "sink-1", ok: true, detail: "ended with status 0" }]);
    const seen: Record<string, string> = JSON.parse(readFileSync(report, "utf8"));
    expect(seen).toMatchObject({
      PLIMSOLL_KIND: "percent-left",
      PLIMSOLL_SEVERITY: "warning",
      PLIMSOLL_SOURCE: "Größe; rm -rf ~ $(id) x",
      PLIMSOLL_METER: "Spend",
      PLIMSOLL_PERCENT: "15",
      PLIMSOLL_THRESHOLD: "20",
      PLIMSOLL_REMAINING: "6",
      PLIMSOLL_UNIT: "USD",
      PLIMSOLL_RESETS_AT: "2026-11-20T14:00:00.000Z",
      PLIMSOLL_COUNT: "1",
      PLIMSOLL_TEST: "0",
      PLIMSOLL_DAYS: "",
      PLIMSOLL_CAUSE: "",
    });
    expect(JSON.parse(seen["PLIMSOLL_JSON"] ?? "")).toMatchObject({ schemaVersion: 1, count: 1 });
  });
});

describe("a test", () => {
  it("is sent once, also through a sink that is switched off, and says what came of it", async () => {
    const webhook = await addWebhook({ format: "json", enabled: false });
    expect(await delivering.test(webhook, delivery(sampleAlert()))).toEqual({
      ok: true,
      detail: `200 from ${server.origin}`,
    });
    expect(got[0]?.body).toMatchObject({ test: true });
    answer = (response) => {
      response.writeHead(500).end();
    };
    expect(await delivering.test(webhook, delivery(sampleAlert()))).toMatchObject({ ok: false });
    expect(got).toHaveLength(2);
  });
});

describe("at the end", () => {
  it("a delivery under way gets its chance", async () => {
    await addWebhook();
    const gate = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    answer = (response) => {
      arrived.resolve();
      void gate.promise.then(() => response.end());
    };
    const outcome = delivering.deliver(delivery(sampleAlert()));
    await arrived.promise;
    const stopped = delivering.stop();
    gate.resolve();
    await stopped;
    expect(await outcome).toMatchObject([{ ok: true }]);
    expect(clock.pendingTimers()).toBe(0);
  });

  it("one that hangs is told as not delivered, and so is what comes after", async () => {
    await addWebhook();
    const arrived = Promise.withResolvers<void>();
    answer = () => arrived.resolve();
    const outcome = delivering.deliver(delivery(sampleAlert()));
    await arrived.promise;
    const stopped = delivering.stop();
    await clock.advance(2_000);
    await stopped;
    const ended = [{ sink: "sink-1", ok: false, detail: "Plimsoll ended before it was delivered" }];
    expect(await outcome).toEqual(ended);
    expect(await delivering.deliver(delivery(sampleAlert()))).toEqual(ended);
    expect(got).toHaveLength(1);
  });
});
