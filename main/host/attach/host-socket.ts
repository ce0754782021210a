import { chmod, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { ContractHost } from "../../../app/contract/host.ts";
import type { Logger } from "../../../app/ports.ts";
import { createContractSockets } from "../contract-socket/contract-sockets.ts";
import { MAX_MESSAGE_BYTES, parseFrame } from "../contract-socket/messages.ts";
import {
  ATTACH_PATH,
  type FaceGreeting,
  HANDSHAKE_MS,
  hostHeaders,
  NOT_ADMITTED,
  proofMessageSchema,
  readFaceGreeting,
} from "./handshake.ts";
import { type Challenge, isProof, newSecret, prove } from "./proof.ts";

/** Faces at once, and such as have not proved themselves yet. */
const MAX_FACES = 64;
const MAX_PENDING = 32;
/** A face passes on what up to twenty pages ask. */
const ALLOWANCE = { burst: 2_000, perSecond: 500 };
const MAX_CALLS_UNDER_WAY = 512;

/** An attached face. */
export type AttachedFace = Pick<FaceGreeting, "face" | "pid" | "stay">;

/** The socket at which a host is attached to. */
export interface HostSocket {
  /** Who is attached, those that come for one question included. */
  faces(): readonly AttachedFace[];
  /** Ends every connection at once; resolves when the place is free. */
  close(): Promise<void>;
}

export interface HostSocketOptions {
  /** What faces speak to, beside the contract's calls also those of `host-calls.ts`. */
  readonly host: ContractHost;
  /** From `newSocketPlace`. */
  readonly socket: string;
  readonly secret: string;
  readonly version: string;
  readonly logger: Logger;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * Listens for faces of the same user. Each side proves to the other that it knows the secret before anything of the contract is
 * said: the host in the headers of its answer, the face in its first message. Throws the system's error when it cannot listen.
 */
export async function openHostSocket(options: HostSocketOptions): Promise<HostSocket> {
  const { socket: place, secret, version, logger, now = Date.now } = options;
  const server = createServer({ headersTimeout: HANDSHAKE_MS, requestTimeout: HANDSHAKE_MS });
  server.maxConnections = MAX_FACES + MAX_PENDING;
  const upgrades = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, clientTracking: false });
  const sockets = createContractSockets({
    host: options.host,
    allowance: ALLOWANCE,
    callsUnderWay: MAX_CALLS_UNDER_WAY,
    // The system closes the socket of a process that ended; one that merely sleeps may sleep on.
    keepAliveMs: null,
    now,
  });
  const faces = new Map<WebSocket, AttachedFace>();
  const pending = new Set<WebSocket>();

  const admit = (socket: WebSocket, greeting: FaceGreeting, challenge: Challenge): void => {
    pending.add(socket);
    const tooLate = setTimeout(() => refuse("no-proof"), HANDSHAKE_MS);
    const refuse = (reason: string): void => {
      logger.log("warn", "face-not-admitted", { reason, face: greeting.face, pid: greeting.pid });
      socket.close(NOT_ADMITTED, reason);
      socket.terminate();
    };
    socket.on("error", () => {});
    socket.once("close", () => {
      clearTimeout(tooLate);
      pending.delete(socket);
      faces.delete(socket);
    });
    socket.once("message", (data) => {
      clearTimeout(tooLate);
      const message = proofMessageSchema.safeParse(parseFrame(data));
      if (!message.success || !isProof(message.data.proof, "face", secret, challenge)) return refuse("wrong-proof");
      pending.delete(socket);
      const { face, pid, stay } = greeting;
      faces.set(socket, { face, pid, stay });
      sockets.add(socket);
    });
  };

  server.on("request", (_request, response) => response.writeHead(426, { Connection: "close" }).end());
  server.on("upgrade", (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    connection.on("error", () => connection.destroy());
    const greeting = request.url === ATTACH_PATH ? readFaceGreeting(request.headers) : null;
    if (greeting === null) return answer(connection, 400, {});
    const hostNonce = newSecret();
    const challenge: Challenge = { socket: place, faceNonce: greeting.nonce, hostNonce, version };
    const headers = hostHeaders({ nonce: hostNonce, version, proof: prove("host", secret, challenge) });
    if (greeting.version !== version) return answer(connection, 426, headers);
    if (faces.size >= MAX_FACES || pending.size >= MAX_PENDING) return answer(connection, 503, headers);
    const addHeaders = (lines: string[]): void => {
      for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
    };
    // Emitted within handleUpgrade, before it returns.
    upgrades.once("headers", addHeaders);
    upgrades.handleUpgrade(request, connection, head, (socket) => admit(socket, greeting, challenge));
    upgrades.off("headers", addHeaders);
  });

  await listen(server, place);
  return {
    faces: () => [...faces.values()],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve(process.platform === "win32" ? undefined : rm(place, { force: true })));
        sockets.close();
        for (const socket of pending) socket.terminate();
        server.closeAllConnections();
        upgrades.close();
      }),
  };
}

async function listen(server: Server, place: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ path: place }, () => {
      server.off("error", reject);
      resolve();
    });
  });
  // Its folder keeps others out from the first moment on.
  if (process.platform !== "win32") await chmod(place, 0o600);
}

function answer(connection: Duplex, status: number, headers: Readonly<Record<string, string>>): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  connection.end(`HTTP/1.1 ${status} Refused\r\n${lines.join("")}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}
