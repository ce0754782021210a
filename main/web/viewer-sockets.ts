import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import * as z from "zod";
import type { ContractHost } from "../../app/contract/host.ts";

/** Larger than any call of the UI; a message beyond it closes the socket. */
export const MAX_MESSAGE_BYTES = 256 * 1024;
export const MAX_SOCKETS = 20;
/** A tab that has not taken this much by now is asleep or gone: it is let go, and asks for the whole state when it is back. */
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024;
const MAX_CALLS_UNDER_WAY = 64;
/** Calls that a socket may make at once, and how fast they come back to it. */
const CALL_BURST = 200;
const CALLS_PER_SECOND = 50;
const KEEP_ALIVE_MS = 30_000;

/** Close codes of RFC 6455, section 7.4.1. */
export const closeCodes = { goingAway: 1001, notText: 1003, malformed: 1007, tooMuch: 1008 } as const;

const callMessageSchema = z.strictObject({
  id: z.number().int().nonnegative(),
  call: z.string().max(100),
  input: z.unknown().optional(),
});

/** The open pages. Each gets every event of the host, and answers to its own calls. */
export interface ViewerSockets {
  /** Whether one more may come. */
  hasRoom(): boolean;
  /** Takes over a request that was judged already. */
  accept(request: IncomingMessage, connection: Duplex, head: Buffer): void;
  /** Ends all of them at once. */
  close(): void;
}

export interface ViewerSocketsOptions {
  readonly host: ContractHost;
  /** Somebody looks now. */
  readonly onOpened: () => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function createViewerSockets({ host, onOpened, now }: ViewerSocketsOptions): ViewerSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, clientTracking: false });
  /** The sockets, and whether each has answered the last ping. */
  const alive = new Map<WebSocket, boolean>();
  let unsubscribe: (() => void) | null = null;
  let keepAlive: NodeJS.Timeout | null = null;

  const send = (socket: WebSocket, text: string): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
    else socket.send(text);
  };

  // With nobody looking the host builds no patches and no timer runs.
  const begin = (): void => {
    unsubscribe ??= host.subscribe(({ name, value }) => {
      const text = JSON.stringify({ event: name, value });
      for (const socket of alive.keys()) send(socket, text);
    });
    keepAlive ??= setInterval(() => {
      for (const [socket, answered] of alive) {
        if (!answered) {
          socket.terminate();
          continue;
        }
        alive.set(socket, false);
        socket.ping();
      }
    }, KEEP_ALIVE_MS);
    keepAlive.unref();
  };

  const end = (): void => {
    unsubscribe?.();
    unsubscribe = null;
    if (keepAlive !== null) clearInterval(keepAlive);
    keepAlive = null;
  };

  const opened = (socket: WebSocket): void => {
    const allowance = createAllowance(now);
    let underWay = 0;
    alive.set(socket, true);
    begin();
    socket.on("pong", () => alive.set(socket, true));
    // `ws` closes the socket by itself, with the fitting code; without a listener the error would end the process.
    socket.on("error", () => {});
    socket.on("close", () => {
      alive.delete(socket);
      if (alive.size === 0) end();
    });
    socket.on("message", (data, isBinary) => {
      if (isBinary) return socket.close(closeCodes.notText, "text only");
      if (!allowance.take() || underWay >= MAX_CALLS_UNDER_WAY) {
        return socket.close(closeCodes.tooMuch, "too many calls");
      }
      const message = callMessageSchema.safeParse(parseJson(data));
      if (!message.success) return socket.close(closeCodes.malformed, "not a call");
      const { id, call, input } = message.data;
      underWay += 1;
      host
        .handle(call, input)
        .then((result) => send(socket, JSON.stringify({ id, result })))
        // `handle` never rejects; should it all the same, the page must not wait for ever.
        .catch(() =>
          send(socket, JSON.stringify({ id, result: { ok: false, error: { code: "internal", detail: null } } })),
        )
        .finally(() => {
          underWay -= 1;
        });
    });
    onOpened();
  };

  return {
    hasRoom: () => alive.size < MAX_SOCKETS,
    accept: (request, connection, head) => server.handleUpgrade(request, connection, head, opened),
    close() {
      end();
      for (const socket of alive.keys()) {
        socket.close(closeCodes.goingAway);
        // Does not wait for the other side to agree.
        socket.terminate();
      }
      alive.clear();
      server.close();
    },
  };
}

/** A token bucket: bursts of a busy page pass, a page that has run wild does not. */
function createAllowance(now: () => number): { take(): boolean } {
  let left = CALL_BURST;
  let at = now();
  return {
    take() {
      const elapsedSeconds = Math.max(0, now() - at) / 1000;
      at = now();
      left = Math.min(CALL_BURST, left + elapsedSeconds * CALLS_PER_SECOND);
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}

function parseJson(data: RawData): unknown {
  try {
    return JSON.parse(data.toString());
  } catch {
    return undefined;
  }
}
