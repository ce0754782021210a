import type { EventName, EventValue } from "../../app/contract/contract.ts";
import { parseEvent } from "./parsers.ts";

/** Who listens to which event. `emit` parses the value first and tells whether it was as the contract says. */
export interface Listeners {
  on<P extends EventName>(name: P, listener: (value: EventValue<P>) => void): () => void;
  emit(name: EventName, value: unknown): boolean;
}

type Sets = { readonly [P in EventName]: Set<(value: EventValue<P>) => void> };

export function createListeners(): Listeners {
  const sets: Sets = {
    "state.changed": new Set(),
    "alerts.raised": new Set(),
    "alerts.logged": new Set(),
    "shell.showSource": new Set(),
  };
  function emitOne<P extends EventName>(name: P, value: unknown): boolean {
    const parsed = parseEvent(name, value);
    if (!parsed.ok) return false;
    for (const listener of sets[name]) listener(parsed.value);
    return true;
  }
  return {
    on(name, listener) {
      sets[name].add(listener);
      return () => {
        sets[name].delete(listener);
      };
    },
    emit: emitOne,
  };
}
