import type { AppState, StatePatch } from "./contract.ts";
import { applyPatch } from "./patch.ts";

/** Patches that are kept while the state that they follow on is under way. Beyond that it is asked for once more. */
const MAX_EARLY = 256;

/** A copy of a host's state, kept up by patches. */
export interface StateMirror {
  /** Null before the first answer. */
  current(): AppState | null;
  /** Takes a patch, in the order in which they came. */
  take(patch: StatePatch): void;
  /** Asks for the whole state; resolves when it is here, or cannot be had. */
  load(): Promise<void>;
}

/**
 * `ask` gets the whole state, or null where it cannot be had; it must not reject. `onState` hears each new state. A patch that does not
 * follow on what is here, and is not older than it either, makes the mirror ask for the whole state.
 */
export function createStateMirror(
  ask: () => Promise<AppState | null>,
  onState: (state: AppState) => void,
): StateMirror {
  let state: AppState | null = null;
  let loading: Promise<void> | null = null;
  let early: StatePatch[] = [];
  let overflowed = false;

  const replace = (next: AppState): void => {
    state = next;
    onState(next);
  };

  const take = (patch: StatePatch): void => {
    if (loading !== null) {
      if (early.length < MAX_EARLY) early.push(patch);
      else overflowed = true;
      return;
    }
    if (state === null) return;
    if (patch.base !== state.revision && patch.revision <= state.revision) return;
    const next = applyPatch(state, patch);
    if (next === null) void load();
    else replace(next);
  };

  const fetchState = async (): Promise<void> => {
    const answer = await ask();
    loading = null;
    const overtaken = early;
    early = [];
    const again = overflowed;
    overflowed = false;
    if (answer === null) return;
    replace(answer);
    for (const patch of overtaken) take(patch);
    if (again) await load();
  };

  const load = (): Promise<void> => {
    loading ??= fetchState();
    return loading;
  };

  return { current: () => state, take, load };
}
