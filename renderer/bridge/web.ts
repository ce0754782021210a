import type { CallInput, CallName } from "../../app/contract/contract.ts";
import { reconnectDelay } from "./back-off.ts";
import { createListeners } from "./listeners.ts";
import { disconnected, isEventName, parseAnswer } from "./parsers.ts";
import { checkSession, openSession, tokenOf } from "./session.ts";
import type { Connection, UiBridge, UiResult } from "./ui-bridge.ts";

type Waiting = (answer: unknown) => void;

/** Stands for an answer that can no longer come. */
const gone = Symbol("gone");

/**
 * The bridge over a WebSocket of the page's own origin. Calls made before the first connection wait for it; calls made
 * while the connection is lost fail at once, because a figure or a change that arrives much later would surprise.
 */
export function createWebBridge(): UiBridge {
  const listeners = createListeners();
  const connectionListeners = new Set<(connection: Connection) => void>();
  const waiting = new Map<number, Waiting>();
  let connection: Connection = "connecting";
  let socket: WebSocket | null = null;
  let nextId = 1;
  let attempt = 0;
  let unsent: string[] = [];

  function become(next: Connection): void {
    if (connection === next) return;
    connection = next;
    for (const listener of connectionListeners) listener(next);
  }

  function abandonCalls(): void {
    const abandoned = [...waiting.values()];
    waiting.clear();
    unsent = [];
    for (const resolve of abandoned) resolve(gone);
  }

  function receive(data: unknown): void {
    const message = parseJson(data);
    if (typeof message !== "object" || message === null) return;
    if ("id" in message && typeof message.id === "number") {
      const resolve = waiting.get(message.id);
      waiting.delete(message.id);
      resolve?.("result" in message ? message.result : undefined);
    } else if ("event" in message && typeof message.event === "string" && isEventName(message.event)) {
      listeners.emit(message.event, "value" in message ? message.value : undefined);
    }
  }

  function connect(): void {
    const opened = new WebSocket(new URL("/socket", location.href.replace(/^http/, "ws")));
    socket = opened;
    opened.addEventListener("open", () => {
      attempt = 0;
      for (const message of unsent) opened.send(message);
      unsent = [];
      become("open");
    });
    opened.addEventListener("message", (event) => receive(event.data));
    opened.addEventListener("close", () => {
      if (socket !== opened) return;
      socket = null;
      abandonCalls();
      void recover();
    });
  }

  async function recover(): Promise<void> {
    if (connection === "open") become("lost");
    const session = await checkSession();
    if (session === "refused") {
      become("refused");
      return;
    }
    become("lost");
    window.setTimeout(connect, reconnectDelay(attempt, Math.random()));
    attempt += 1;
  }

  async function start(): Promise<void> {
    const token = tokenOf(location.hash);
    if (token !== null) {
      const session = await openSession(token);
      // The token is spent or useless either way; it must not stay in the history or be copied with the address.
      history.replaceState(null, "", location.pathname + location.search);
      if (session === "refused" && (await checkSession()) === "refused") {
        become("refused");
        return;
      }
    }
    connect();
  }

  // A new link pasted over the address of an open page changes the fragment only, and loads nothing by itself.
  window.addEventListener("hashchange", () => {
    if (tokenOf(location.hash) !== null) location.reload();
  });
  void start();

  return {
    face: "web",
    async call<P extends CallName>(name: P, input: CallInput<P>): Promise<UiResult<P>> {
      if (connection === "lost" || connection === "refused") return disconnected;
      const id = nextId;
      nextId += 1;
      const message = JSON.stringify({ id, call: name, input });
      const answer = await new Promise<unknown>((resolve) => {
        waiting.set(id, resolve);
        if (socket?.readyState === WebSocket.OPEN) socket.send(message);
        else unsent.push(message);
      });
      return answer === gone ? disconnected : parseAnswer(name, answer);
    },
    on: listeners.on,
    connection: () => connection,
    onConnection(listener) {
      connectionListeners.add(listener);
      return () => {
        connectionListeners.delete(listener);
      };
    },
  };
}

function parseJson(data: unknown): unknown {
  if (typeof data !== "string") return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
