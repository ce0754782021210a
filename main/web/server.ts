import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as z from "zod";
import type { ContractHost } from "../../app/contract/host.ts";
import type { Logger } from "../../app/ports.ts";
import { judgeRequest, type Refusal, type RequestFacts } from "./policy.ts";
import { listRendererFiles, type RendererFile } from "./renderer-files.ts";
import { baseHeaders, contentSecurityPolicy } from "./response-headers.ts";
import { sessionCookie, sessionSecret } from "./session-cookie.ts";
import { createSignIn } from "./sign-in.ts";
import { SIGN_IN_SCRIPT, SIGN_IN_SCRIPT_PATH, SIGN_IN_STYLE, SIGN_IN_STYLE_PATH, signInPage } from "./sign-in-page.ts";
import { createViewerSockets } from "./viewer-sockets.ts";

/** Only this computer can connect. Not "localhost", which may resolve to something else. */
const ADDRESS = "127.0.0.1";
const MAX_BODY_BYTES = 1024;

export interface WebHostOptions {
  readonly host: ContractHost;
  /** Directory of the built UI. */
  readonly rendererDir: string;
  /** Null: any free one. */
  readonly port: number | null;
  /** A page has connected: somebody looks now. */
  readonly onViewer: () => void;
  readonly logger: Logger;
  /** Epoch milliseconds; the host's clock unless a test brings its own. */
  readonly now?: () => number;
}

export interface WebHost {
  /** Address with a one-time token; each call makes a new one. */
  newLink(): string;
  readonly port: number;
  /** Ends every connection at once; resolves when the port is free. */
  close(): Promise<void>;
}

/** The port cannot be had. */
export class PortUnavailable extends Error {
  override readonly name = "PortUnavailable";
  readonly reason: "taken" | "not-allowed";
  readonly port: number;

  constructor(reason: "taken" | "not-allowed", port: number) {
    super(`port ${port}: ${reason}`);
    this.reason = reason;
    this.port = port;
  }
}

/**
 * Serves the UI and its socket on the loopback interface.
 *
 * Nothing without the session: a browser without one gets a sign-in page in place of the UI's pages (with the status 401),
 * and a plain 401 for everything else. The sign-in page's own two files are public and hold no data.
 *
 * Throws PortUnavailable and RendererMissing.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { host, logger, onViewer, now = Date.now } = options;
  const files = await listRendererFiles(options.rendererDir);
  const signIn = createSignIn(now);
  const sockets = createViewerSockets({ host, onOpened: onViewer, now });
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000, keepAliveTimeout: 5_000 });
  server.maxConnections = 256;
  const port = await listen(server, options.port);
  const documentPolicy = contentSecurityPolicy(port);

  const hasSession = (request: IncomingMessage): boolean => {
    const secret = sessionSecret(port, request.headers.cookie);
    return secret !== null && signIn.isSession(secret);
  };

  const refused = (refusal: Refusal | "no-session" | "full"): void => {
    logger.log("debug", "web-request-refused", { refusal });
  };

  const sendFile = async (file: RendererFile, response: ServerResponse): Promise<void> => {
    const { size } = await stat(file.diskPath);
    response.writeHead(200, {
      ...baseHeaders(),
      "Content-Type": file.contentType,
      "Content-Length": size,
      "Cache-Control": file.isDocument
        ? "no-store"
        : file.immutable
          ? "private, max-age=31536000, immutable"
          : "no-cache",
      ...(file.isDocument && { "Content-Security-Policy": documentPolicy }),
    });
    if (response.req.method === "HEAD") response.end();
    else await pipeline(createReadStream(file.diskPath), response);
  };

  const answerFile = async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (path === SIGN_IN_SCRIPT_PATH) return sendText(response, 200, SIGN_IN_SCRIPT, "text/javascript; charset=utf-8");
    if (path === SIGN_IN_STYLE_PATH) return sendText(response, 200, SIGN_IN_STYLE, "text/css; charset=utf-8");
    if (!hasSession(request)) {
      refused("no-session");
      if (path !== "/" && !path.endsWith(".html")) return sendText(response, 401, "No session.\n");
      return sendText(response, 401, signInPage(), "text/html; charset=utf-8", {
        "Content-Security-Policy": documentPolicy,
      });
    }
    const file = files.get(path);
    if (file === undefined) return sendText(response, 404, "There is nothing at this address.\n");
    return sendFile(file, response);
  };

  const exchange = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers["content-type"] !== "application/json") {
      return sendText(response, 415, "Send the token as JSON.\n");
    }
    const body = await readBody(request);
    if (body === "too-large") {
      return sendText(response, 413, "That is too long for a token.\n", undefined, { Connection: "close" });
    }
    const parsed = exchangeSchema.safeParse(parseJson(body));
    if (!parsed.success) return sendText(response, 400, "That is not a token.\n");
    const result = signIn.exchange(parsed.data.token);
    switch (result.outcome) {
      case "signed-in":
        logger.log("info", "web-signed-in");
        return sendText(response, 204, "", undefined, { "Set-Cookie": sessionCookie(port, result.cookie) });
      case "refused":
        logger.log("warn", "web-sign-in-refused");
        return sendText(response, 401, "This link was used before, or is too old.\n");
      case "too-many":
        return sendText(response, 429, "Too many attempts.\n", undefined, {
          "Retry-After": String(Math.ceil(result.retryAfterMs / 1000)),
        });
    }
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const verdict = judgeRequest(factsOf(request, false), port);
    if (!verdict.allowed) {
      refused(verdict.refusal);
      return sendText(response, verdict.status, `Refused: ${verdict.refusal}.\n`, undefined, {
        ...(verdict.allow !== null && { Allow: verdict.allow }),
        // The body, if there is one, is not read.
        Connection: "close",
      });
    }
    switch (verdict.route.to) {
      case "file":
        return answerFile(verdict.route.path, request, response);
      case "session-check":
        return sendText(response, hasSession(request) ? 204 : 401, "");
      case "session-exchange":
        return exchange(request, response);
      case "socket":
        return sendText(response, 426, "This address is a WebSocket.\n", undefined, { Upgrade: "websocket" });
    }
  };

  server.on("request", (request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A connection that the browser closed midway is not worth a line.
      if (!response.destroyed) {
        logger.log("warn", "web-answer-failed", { error: error instanceof Error ? error.name : "unknown" });
      }
      if (!response.headersSent) sendText(response, 500, "Plimsoll could not read this file.\n");
      else response.destroy();
    });
  });

  server.on("upgrade", (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    connection.on("error", () => connection.destroy());
    const verdict = judgeRequest(factsOf(request, true), port);
    if (!verdict.allowed) {
      refused(verdict.refusal);
      return refuseUpgrade(connection, verdict.status);
    }
    if (!hasSession(request)) {
      refused("no-session");
      return refuseUpgrade(connection, 401);
    }
    if (!sockets.hasRoom()) {
      refused("full");
      return refuseUpgrade(connection, 503);
    }
    sockets.accept(request, connection, head);
  });

  return {
    newLink: () => `http://${ADDRESS}:${port}/#token=${signIn.newToken()}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.close();
        server.closeAllConnections();
      }),
  };
}

const exchangeSchema = z.strictObject({ token: z.string().min(1).max(200) });

function factsOf(request: IncomingMessage, upgrade: boolean): RequestFacts {
  return {
    method: request.method ?? "",
    target: request.url ?? "",
    hosts: request.headersDistinct["host"] ?? [],
    origin: request.headers.origin ?? null,
    fetchSite: header(request, "sec-fetch-site"),
    fetchMode: header(request, "sec-fetch-mode"),
    fetchDest: header(request, "sec-fetch-dest"),
    upgrade,
  };
}

function header(request: IncomingMessage, name: string): string | null {
  return request.headersDistinct[name]?.join(", ") ?? null;
}

async function listen(server: Server, port: number | null): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (port !== null && error.code === "EADDRINUSE") reject(new PortUnavailable("taken", port));
      else if (port !== null && error.code === "EACCES") reject(new PortUnavailable("not-allowed", port));
      else reject(error);
    });
    server.listen({ host: ADDRESS, port: port ?? 0, exclusive: true }, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

/** The whole body as text, or "too-large" as soon as it is. */
async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) return "too-large";
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  contentType = "text/plain; charset=utf-8",
  extra: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    ...baseHeaders(),
    ...(status !== 204 && { "Content-Type": contentType, "Content-Length": Buffer.byteLength(text) }),
    "Cache-Control": "no-store",
    ...extra,
  });
  response.end(response.req.method === "HEAD" ? undefined : text);
}

function refuseUpgrade(connection: Duplex, status: number): void {
  connection.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
