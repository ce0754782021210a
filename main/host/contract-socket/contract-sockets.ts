import type { WebSocket } from "ws";
import type { ContractHost } from "../../../app/contract/host.ts";
import { type AllowanceLimits, createAllowance } from "./allowance.ts";
import { callMessageSchema, closeCodes, parseFrame } from "./messages.ts";

/** A reader that has not taken this much by now is asleep or gone: it is let go, and asks for the whole state when it is back. */
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024;

/** The open sockets over which the contract is spoken. Each gets every event of the host, and answers to its own calls. */
export interface ContractSockets {
  count(): number;
  /** Takes over a socket that was let in already. */
  add(socket: WebSocket): void;
  /** Ends all of them at once. */
  close(): void;
}

export interface ContractSocketsOptions {
  readonly host: ContractHost;
  /** Of each socket. */
  readonly allowance: AllowanceLimits;
  /** Calls of one socket that may be unanswered at once. */
  readonly callsUnderWay: number;
  /** How often a socket is asked whether it is still there; null where the system tells when it is not. */
  readonly keepAliveMs: number | null;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function createContractSockets(options: ContractSocketsOptions): ContractSockets {
  const { host, keepAliveMs, now } = options;
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
    if (keepAliveMs === null) return;
    keepAlive ??= setInterval(() => {
      for (const [socket, answered] of alive) {
        if (!answered) {
          socket.terminate();
          continue;
        }
        alive.set(socket, false);
        socket.ping();
      }
    }, keepAliveMs);
    keepAlive.unref();
  };

  const end = (): void => {
    unsubscribe?.();
    unsubscribe = null;
    if (keepAlive !== null) clearInterval(keepAlive);
    keepAlive = null;
  };

  return {
    count: () => alive.size,
    add(socket) {
      const allowance = createAllowance(options.allowance, now);
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
        if (!allowance.take() || underWay >= options.callsUnderWay) {
          return socket.close(closeCodes.tooMuch, "too many calls");
        }
        const message = callMessageSchema.safeParse(parseFrame(data));
        if (!message.success) return socket.close(closeCodes.malformed, "not a call");
        const { id, call, input } = message.data;
        underWay += 1;
        host
          .handle(call, input)
          .then((result) => send(socket, JSON.stringify({ id, result })))
          // `handle` never rejects; should it all the same, the caller must not wait for ever.
          .catch(() =>
            send(socket, JSON.stringify({ id, result: { ok: false, error: { code: "internal", detail: null } } })),
          )
          .finally(() => {
            underWay -= 1;
          });
      });
    },
    close() {
      end();
      for (const socket of alive.keys()) {
        socket.close(closeCodes.goingAway);
        // Does not wait for the other side to agree.
        socket.terminate();
      }
      alive.clear();
    },
  };
}
