import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { ContractHost } from "../../app/contract/host.ts";
import { createContractSockets } from "../host/contract-socket/contract-sockets.ts";
import { MAX_MESSAGE_BYTES } from "../host/contract-socket/messages.ts";

export const MAX_SOCKETS = 20;
const MAX_CALLS_UNDER_WAY = 64;
const ALLOWANCE = { burst: 200, perSecond: 50 };
const KEEP_ALIVE_MS = 30_000;

/** The open pages. */
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
  const sockets = createContractSockets({
    host,
    allowance: ALLOWANCE,
    callsUnderWay: MAX_CALLS_UNDER_WAY,
    // A browser that went to sleep, or a network between it and us (ssh -L), may never say that it is gone.
    keepAliveMs: KEEP_ALIVE_MS,
    now,
  });
  return {
    hasRoom: () => sockets.count() < MAX_SOCKETS,
    accept: (request, connection, head) =>
      server.handleUpgrade(request, connection, head, (socket) => {
        sockets.add(socket);
        onOpened();
      }),
    close() {
      sockets.close();
      server.close();
    },
  };
}
