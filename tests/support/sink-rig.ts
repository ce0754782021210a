import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, expect } from "vitest";
import * as z from "zod";
import type { SinkOutcome } from "../../app/alerts/alert-log.ts";
import { createSinkDelivery, type SinkDelivery } from "../../app/alerts/sinks/deliver.ts";
import { englishMessages } from "../../app/alerts/sinks/english-message.ts";
import type { SecretVault } from "../../app/ports.ts";
import { type SinkConfig, sinkAddressId, sinkTokenId, type Webhook } from "../../app/settings/sink-settings.ts";
import { createCommands } from "../../main/host/commands.ts";
import { createCredentialReferences } from "../../main/host/credential-references.ts";
import { createLogFile } from "../../main/host/log-file.ts";
import { createRedactor } from "../../main/host/redactor.ts";
import { createSessionVault } from "../../main/host/session-vault.ts";
import { createTransport } from "../../main/host/transport.ts";
import { createVirtualClock, type VirtualClock } from "../engine/virtual-clock.ts";
import { delivery, NOW, sampleAlert } from "./sample-alerts.ts";
import { httpServer, type TestServer } from "./servers.ts";

/** The path of every webhook unless told otherwise. */
export const PATH_SECRET = "T0SECRET/B0SECRET/x9y8z7w6v5u4";
export const TOKEN = "tk_do-not-tell-0123456789";
export const ENV_SECRET = "my-secret-topic-8f7e6d5c4b3a";

export interface GotRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

/** Sinks on a real transport, vault and log, towards real servers, with a clock that stands still until it is driven. */
export interface SinkRig {
  readonly folder: string;
  /** What the servers got, with JSON bodies parsed. */
  readonly got: GotRequest[];
  /** How they answer. */
  answer: (response: ServerResponse, request: IncomingMessage) => void;
  readonly vault: SecretVault;
  readonly clock: VirtualClock;
  readonly sinks: SinkConfig[];
  readonly env: Record<string, string>;
  readonly delivering: SinkDelivery;
  readonly server: TestServer;
  /** One more server. */
  serve(): Promise<TestServer>;
  addWebhook(change?: Partial<Webhook>, path?: string): Promise<Webhook>;
  /** Lets the virtual time run on, with pauses for the real network, until something has come. */
  driven<T>(work: Promise<T>): Promise<T>;
  deliver(alert?: ReturnType<typeof sampleAlert>): Promise<readonly SinkOutcome[]>;
  /** Neither these outcomes nor the whole log hold any secret. Ends the log. */
  expectNoSecretIn(outcomes: unknown): void;
}

/** A rig for each test of a file. */
export function sinkRigPerTest(): SinkRig {
  let parts: Awaited<ReturnType<typeof build>>;
  beforeEach(async () => {
    parts = await build();
  });
  afterEach(() => parts.end());
  return new Proxy(Object.create(null), {
    get: (_none, name) => Reflect.get(parts.rig, name),
    set: (_none, name, value) => Reflect.set(parts.rig, name, value),
  });
}

async function build(): Promise<{ readonly rig: SinkRig; end(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-sinks-"));
  const servers: TestServer[] = [];
  const transport = createTransport({ env: {} });
  const redactor = createRedactor();
  const log = createLogFile({ profile: folder, redactor });
  const vault = createSessionVault(redactor, "in tests");
  const clock = createVirtualClock(NOW);
  const sinks: SinkConfig[] = [];
  const env: Record<string, string> = {};
  const delivering = createSinkDelivery({
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

  const serve = async (): Promise<TestServer> => {
    const started = await httpServer((request, response) => {
      void readText(request).then((text) => {
        rig.got.push({
          method: request.method ?? "",
          path: request.url ?? "",
          headers: request.headers,
          body: z.unknown().parse(JSON.parse(text)),
        });
        rig.answer(response, request);
      });
    });
    servers.push(started);
    return started;
  };

  const driven = async <T>(work: Promise<T>): Promise<T> => {
    let over = false;
    const done = work.finally(() => {
      over = true;
    });
    while (!over) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      await clock.advance(250);
    }
    return done;
  };

  const server = await serve();
  const rig: SinkRig = {
    folder,
    got: [],
    answer: (response) => response.end("ok"),
    vault,
    clock,
    sinks,
    env,
    delivering,
    server,
    serve,
    async addWebhook(change = {}, path = `/services/${PATH_SECRET}`) {
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
    },
    driven,
    deliver: (alert = sampleAlert()) => driven(delivering.deliver(delivery(alert))),
    expectNoSecretIn(outcomes) {
      log.close();
      const logged = readFileSync(log.path, "utf8");
      for (const text of [JSON.stringify(outcomes), logged]) {
        for (const secret of [PATH_SECRET, "x9y8z7w6v5u4", TOKEN, ENV_SECRET, "services/"]) {
          expect(text).not.toContain(secret);
        }
      }
    },
  };
  return {
    rig,
    async end() {
      log.close();
      await transport.close();
      await Promise.all(servers.map((each) => each.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
