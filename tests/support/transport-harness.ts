import { afterEach, beforeEach, expect } from "vitest";
import type { HttpRequest, HttpResult } from "../../app/ports.ts";
import { createTransport, type Transport } from "../../main/host/transport.ts";
import { httpServer, type TestServer, tcpServer } from "./servers.ts";

export const MIB = 1024 * 1024;
export const KEY = "sk-do-not-tell-0123456789";

let servers: TestServer[];
let transport: Transport;

/** Gives each test of a file a transport without a proxy, and ends it and the servers afterwards. */
export function transportPerTest(): void {
  beforeEach(() => {
    servers = [];
    transport = createTransport({ env: {} });
  });
  afterEach(async () => {
    await transport.close();
    await Promise.all(servers.map((server) => server.close()));
  });
}

export const closeTransport = (): Promise<void> => transport.close();

export async function serve(...[handler]: Parameters<typeof httpServer>): Promise<TestServer> {
  const server = await httpServer(handler);
  servers.push(server);
  return server;
}

export async function serveRaw(...[handler]: Parameters<typeof tcpServer>): Promise<TestServer> {
  const server = await tcpServer(handler);
  servers.push(server);
  return server;
}

export function send(url: string, changes: Partial<HttpRequest> = {}): Promise<HttpResult> {
  return transport.send({
    method: "GET",
    url,
    headers: { accept: "application/json" },
    secretHeaders: [],
    timeoutMs: 10_000,
    maxBytes: MIB,
    ...changes,
  });
}

export function withKey(origin: string): Pick<HttpRequest, "secretHeaders"> {
  return { secretHeaders: [{ name: "Authorization", value: `Bearer ${KEY}`, origin }] };
}

/** The failure alone, after making sure that it says nothing that it must not. */
export function failureOf(result: HttpResult): unknown {
  expect(JSON.stringify(result)).not.toContain(KEY);
  return result.ok ? "no failure" : result.failure;
}
