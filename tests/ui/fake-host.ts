import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { type WebSocket, WebSocketServer } from "ws";
import type { AppState, EventName, EventValue } from "../../app/contract/contract.ts";
import { createDispatch } from "../../app/contract/dispatch.ts";
import type { Handlers } from "../../app/contract/host.ts";
import { diffState } from "../../app/contract/patch.ts";
import { scriptedHandlers } from "./scripted-handlers.ts";

/** The pages under test: those that `npm run build` made, unless told otherwise. */
const PAGES = process.env["PLIMSOLL_UI_PAGES"] ?? join(import.meta.dirname, "../../dist/renderer");

/** The policy that both faces send. */
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** A call as the page made it, in order. */
export interface RecordedCall {
  readonly name: string;
  readonly input: unknown;
}

export interface FakeHost {
  readonly url: string;
  readonly calls: readonly RecordedCall[];
  state(): AppState;
  /** Replaces the state and tells every page what changed. */
  change(next: (state: AppState) => AppState): void;
  push<P extends EventName>(name: P, value: EventValue<P>): void;
  /** Replaces the answers to some calls from now on. */
  answer(handlers: Partial<Handlers>): void;
  /** Holds back the answers to `state.get`, so that pages stay in their first moment. */
  holdState(): void;
  /** Cuts all sockets and, unless told to accept them again, refuses new ones. */
  cut(accept: "refuse-connections" | "refuse-session" | "accept"): void;
  accept(): void;
  /** What the page posted to /session. */
  readonly tokens: readonly string[];
  close(): Promise<void>;
}

/**
 * A host without an engine: serves the built pages under the strict policy and answers by the contract from a scripted
 * state. Every call is judged by the contract's own dispatch, so that a page which says something else fails.
 */
export async function startFakeHost(first: AppState): Promise<FakeHost> {
  if (!existsSync(join(PAGES, "popover.html")))
    throw new Error(`no built pages at ${PAGES}: run "npm run build" first`);
  const sockets = new Set<WebSocket>();
  const calls: RecordedCall[] = [];
  const tokens: string[] = [];
  let state = first;
  let mode: "accept" | "refuse-connections" | "refuse-session" = "accept";
  let held = false;
  let overrides: Partial<Handlers> = {};

  const send = (socket: WebSocket, message: unknown) => socket.send(JSON.stringify(message));

  function change(next: (state: AppState) => AppState): void {
    const previous = state;
    state = { ...next(previous), revision: previous.revision + 1 };
    const patch = diffState(previous, state);
    for (const socket of sockets) send(socket, { event: "state.changed", value: patch });
  }

  function dispatch(): ReturnType<typeof createDispatch> {
    const handlers = { ...scriptedHandlers({ state: () => state, change }), ...overrides };
    return createDispatch(handlers, () => {
      // The dispatch answers "internal"; the tests look at what the page makes of that.
    });
  }

  const server = createServer((request, response) => {
    void (async () => {
      const path = new URL(request.url ?? "/", "http://host").pathname;
      if (path === "/session") {
        if (request.method === "POST") {
          let body = "";
          for await (const chunk of request) body += String(chunk);
          tokens.push(body);
        }
        response.writeHead(mode === "refuse-session" ? 401 : 204).end();
        return;
      }
      const file = join(PAGES, normalize(path === "/" ? "/popover.html" : path));
      const body = await readFile(file).catch(() => null);
      if (body === null) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, {
        "content-type": TYPES[extname(file)] ?? "application/octet-stream",
        "content-security-policy": CSP,
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
      });
      response.end(body);
    })();
  });

  const socketServer = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    if (mode !== "accept" || request.url !== "/socket") {
      socket.end(mode === "refuse-session" ? "HTTP/1.1 401 Unauthorized\r\n\r\n" : "HTTP/1.1 503 Unavailable\r\n\r\n");
      return;
    }
    socketServer.handleUpgrade(request, socket, head, (opened) => {
      sockets.add(opened);
      opened.on("close", () => sockets.delete(opened));
      opened.on("message", (data) => void receive(opened, JSON.parse(String(data))));
    });
  });

  async function receive(socket: WebSocket, message: { id: number; call: string; input?: unknown }): Promise<void> {
    calls.push({ name: message.call, input: message.input });
    if (held && message.call === "state.get") return;
    send(socket, { id: message.id, result: await dispatch()(message.call, message.input) });
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");

  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    tokens,
    state: () => state,
    change,
    push(name, value) {
      for (const socket of sockets) send(socket, { event: name, value });
    },
    answer(handlers) {
      overrides = { ...overrides, ...handlers };
    },
    holdState() {
      held = true;
    },
    cut(accept) {
      mode = accept;
      for (const socket of sockets) socket.terminate();
    },
    accept() {
      mode = "accept";
    },
    async close() {
      for (const socket of sockets) socket.terminate();
      socketServer.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
