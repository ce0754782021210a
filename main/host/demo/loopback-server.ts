import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type DemoAnswer, type DemoGateway, json, type Telling } from "./gateways.ts";

export interface RunningServer {
  /** "http://127.0.0.1:port". */
  readonly baseUrl: string;
  /** Stops at once, also with answers under way and sockets open. */
  close(): Promise<void>;
}

/** Serves one gateway of the demo on a free port of 127.0.0.1. Rejects when it cannot listen. */
export async function serveGateway(gateway: DemoGateway, tell: () => Telling): Promise<RunningServer> {
  const delays = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    const delay = setTimeout(() => {
      delays.delete(delay);
      const answer = answerTo(gateway, request.method, request.url, request.headers.authorization, tell);
      response.writeHead(answer.status, { ...answer.headers, "cache-control": "no-store" });
      response.end(request.method === "HEAD" ? undefined : answer.body);
    }, gateway.latencyMs);
    delays.add(delay);
    response.on("close", () => {
      clearTimeout(delay);
      delays.delete(delay);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port: 0 }, resolve);
  });
  return {
    baseUrl: `http://127.0.0.1:${portOf(server.address())}`,
    close() {
      for (const delay of delays) clearTimeout(delay);
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function answerTo(
  gateway: DemoGateway,
  method: string | undefined,
  target: string | undefined,
  authorization: string | undefined,
  tell: () => Telling,
): DemoAnswer {
  if (method !== "GET" && method !== "HEAD") return failure(405, "Only GET and HEAD.");
  if (authorization !== `Bearer ${gateway.key}`) return failure(401, "Unknown key.");
  const path = (target ?? "/").split("?", 1)[0] ?? "/";
  const route = Object.hasOwn(gateway.routes, path) ? gateway.routes[path] : undefined;
  return route === undefined ? failure(404, "No such route.") : route(tell());
}

function failure(code: number, message: string): DemoAnswer {
  return json({ error: { code, message } }, code);
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("a TCP server without a port");
  return address.port;
}
