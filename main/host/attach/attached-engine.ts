import {
  type AppState,
  appStateSchema,
  contract,
  type EventName,
  type HostInfo,
  statePatchSchema,
} from "../../../app/contract/contract.ts";
import type { AnyCallResult, HostEvent } from "../../../app/contract/host.ts";
import { isEventName } from "../../../app/contract/names.ts";
import { createStateMirror } from "../../../app/contract/state-mirror.ts";
import type { Engine } from "../../../app/engine.ts";
import { AttachError, hostName } from "./attach-error.ts";
import { hostCalls } from "./host-calls.ts";
import type { HostConnection } from "./host-connection.ts";
import type { HostFacts } from "./host-record.ts";

/** Events other than changes of the state, which the mirror takes. */
type OtherEvent = Exclude<HostEvent, { name: "state.changed" }>;

/** The engine of another process, as far as faces need one: its state as a copy that is kept up, and its calls. */
export interface AttachedEngine {
  readonly host: HostFacts;
  handle(name: string, input: unknown): Promise<AnyCallResult>;
  /** With `host` told as this face's own. */
  state(): AppState;
  /** Asks for the whole state anew; resolves when it is here, or the connection has ended. */
  reload(): Promise<void>;
  /** Hears each new state; returns the function that stops listening. */
  onState(listener: (state: AppState) => void): () => void;
  onEvent(listener: (event: OtherEvent) => void): () => void;
  wake(reason: Parameters<Engine["wake"]>[0]): void;
  pollAll(): Promise<void>;
  /** Resolves when the connection has ended. */
  readonly closed: Promise<void>;
  close(): void;
}

/**
 * Takes a copy of the host's state and keeps it up. `own` makes what the copy says of the face out of what it is attached to.
 * Throws AttachError when no state is to be had.
 */
export async function attachEngine(
  connection: HostConnection,
  own: (host: HostFacts) => HostInfo,
): Promise<AttachedEngine> {
  const { host } = connection;
  const ownInfo = own(host);
  const stateListeners = new Set<(state: AppState) => void>();
  const eventListeners = new Set<(event: OtherEvent) => void>();

  const ask = async (): Promise<AppState | null> => {
    const answer = await connection.call("state.get", undefined);
    const parsed = answer.ok ? appStateSchema.safeParse(answer.value) : null;
    if (parsed?.success === true) return { ...parsed.data, host: ownInfo };
    // Figures that are no longer kept up must not be shown as if they were.
    connection.close();
    return null;
  };
  const mirror = createStateMirror(ask, (state) => {
    for (const listener of [...stateListeners]) listener(state);
  });

  connection.onEvent((name, value) => {
    if (name === "state.changed") {
      const patch = statePatchSchema.safeParse(value);
      if (!patch.success) return connection.close();
      const { host: _host, ...others } = patch.data;
      return mirror.take(others);
    }
    const event = isEventName(name) ? parseEvent(name, value) : null;
    if (event !== null) for (const listener of [...eventListeners]) listener(event);
  });

  await mirror.load();
  const first = mirror.current();
  if (first === null) {
    throw new AttachError(
      "interrupted",
      `Plimsoll (${hostName(host)}) ended, or told something that this version does not understand`,
    );
  }
  return {
    host,
    handle: (name, input) => connection.call(name, input),
    state: () => mirror.current() ?? first,
    reload: () => mirror.load(),
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    onEvent(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    wake(reason) {
      void connection.call(hostCalls.wake, { reason });
    },
    async pollAll() {
      await connection.call(hostCalls.pollAll, undefined);
    },
    closed: connection.closed,
    close: () => connection.close(),
  };
}

/** Null where the value is not what the contract says, or belongs to the host's own windows. */
function parseEvent(name: EventName, value: unknown): OtherEvent | null {
  switch (name) {
    case "alerts.raised": {
      const alert = contract.alerts.raised.value.safeParse(value);
      return alert.success ? { name, value: alert.data } : null;
    }
    case "alerts.logged": {
      const entry = contract.alerts.logged.value.safeParse(value);
      return entry.success ? { name, value: entry.data } : null;
    }
    case "state.changed":
    case "shell.showSource":
      return null;
  }
}
