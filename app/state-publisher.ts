import type { AppState } from "./contract/contract.ts";
import type { HostEvent } from "./contract/host.ts";
import { diffState } from "./contract/patch.ts";
import type { Clock } from "./ports.ts";

/** At most so often is a change pushed: many polls that end together become one patch. */
const PUSH_INTERVAL_MS = 40;

/** Builds the state when somebody wants it, and pushes what changed. */
export interface StatePublisher {
  /** Something the state is built from has changed. */
  touch(): void;
  current(): AppState;
  /** Pushes now what would be pushed soon. */
  flush(): void;
  emit(event: Exclude<HostEvent, { name: "state.changed" }>): void;
  subscribe(listener: (event: HostEvent) => void): () => void;
  onState(listener: (state: AppState) => void): () => void;
  stop(): void;
}

/** `build` makes the state for a revision, reusing parts that did not change so that patches stay small. */
export function createStatePublisher(clock: Clock, build: (revision: number) => AppState): StatePublisher {
  let state: AppState | null = null;
  let dirty = true;
  let revision = 0;
  let cancelPush: (() => void) | null = null;
  let pushed: AppState | null = null;
  const listeners = new Set<(event: HostEvent) => void>();
  const stateListeners = new Set<(state: AppState) => void>();

  const current = (): AppState => {
    if (state === null || dirty) {
      revision += 1;
      dirty = false;
      state = build(revision);
    }
    return state;
  };

  const push = (): void => {
    cancelPush = null;
    const before = pushed;
    const next = current();
    if (before === next) return;
    pushed = next;
    if (before !== null) {
      const patch = diffState(before, next);
      for (const listener of [...listeners]) listener({ name: "state.changed", value: patch });
    }
    for (const listener of [...stateListeners]) listener(next);
  };

  const flush = (): void => {
    if (cancelPush === null) return;
    cancelPush();
    push();
  };

  // The first listener's starting point is the state as it is when it comes.
  const begin = (): void => {
    if (listeners.size === 0 && stateListeners.size === 0) pushed = current();
  };

  return {
    touch() {
      dirty = true;
      if (cancelPush === null && (listeners.size > 0 || stateListeners.size > 0)) {
        cancelPush = clock.setTimer(clock.now() + PUSH_INTERVAL_MS, push);
      }
    },
    current() {
      // Whoever asks gets what the last patch led to, so that the next patch follows on it.
      if (dirty) flush();
      return current();
    },
    flush,
    emit(event) {
      for (const listener of [...listeners]) listener(event);
    },
    subscribe(listener) {
      begin();
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    onState(listener) {
      begin();
      stateListeners.add(listener);
      return () => {
        stateListeners.delete(listener);
      };
    },
    stop() {
      cancelPush?.();
      cancelPush = null;
      listeners.clear();
      stateListeners.clear();
    },
  };
}
