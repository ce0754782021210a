import type { AppState, StatePatch } from "./contract.ts";

/**
 * What a receiver at `previous` needs to be at `next`. Slices are compared by identity: the engine replaces what changes
 * and keeps what does not, so a poll of one source sends that one source.
 */
export function diffState(previous: AppState, next: AppState): StatePatch {
  const patch: StatePatch = { base: previous.revision, revision: next.revision };
  if (previous.sources !== next.sources) {
    const before = new Map(previous.sources.map((source) => [source.id, source]));
    const changed = next.sources.filter((source) => before.get(source.id) !== source);
    if (changed.length > 0) patch.sources = changed;
    const sameOrder =
      previous.sources.length === next.sources.length &&
      next.sources.every((source, index) => previous.sources[index]?.id === source.id);
    if (!sameOrder) patch.order = next.sources.map((source) => source.id);
  }
  if (previous.configs !== next.configs) patch.configs = next.configs;
  if (previous.removed !== next.removed) patch.removed = next.removed;
  if (previous.preferences !== next.preferences) patch.preferences = next.preferences;
  if (previous.vault !== next.vault) patch.vault = next.vault;
  if (previous.demo !== next.demo) patch.demo = next.demo;
  if (previous.settingsProblems !== next.settingsProblems) patch.settingsProblems = next.settingsProblems;
  if (previous.settingsReadOnly !== next.settingsReadOnly) patch.settingsReadOnly = next.settingsReadOnly;
  if (previous.alerts !== next.alerts) patch.alerts = next.alerts;
  if (previous.budgets !== next.budgets) patch.budgets = next.budgets;
  if (previous.sinks !== next.sinks) patch.sinks = next.sinks;
  if (previous.snoozes !== next.snoozes) patch.snoozes = next.snoozes;
  if (previous.quietUntil !== next.quietUntil) patch.quietUntil = next.quietUntil;
  if (previous.metrics !== next.metrics) patch.metrics = next.metrics;
  if (previous.host !== next.host) patch.host = next.host;
  return patch;
}

/**
 * The state after a patch. Sources that did not change keep their identity, so a view can skip them.
 * Null when the patch does not follow on `state`, or names a source that was never sent: ask for the whole state again.
 */
export function applyPatch(state: AppState, patch: StatePatch): AppState | null {
  if (patch.base !== state.revision) return null;
  const { base: _base, order, sources: changed, ...slices } = patch;
  let sources = state.sources;
  if (changed !== undefined || order !== undefined) {
    const byId = new Map(state.sources.map((source) => [source.id, source]));
    for (const source of changed ?? []) byId.set(source.id, source);
    const next = [];
    for (const id of order ?? state.sources.map((source) => source.id)) {
      const source = byId.get(id);
      if (source === undefined) return null;
      next.push(source);
    }
    sources = next;
  }
  return { ...state, ...definedOnly(slices), sources };
}

type Slices = Omit<StatePatch, "base" | "order" | "sources">;

/** Drops keys that are present with the value undefined, as a message may carry them after parsing. */
function definedOnly(slices: Slices): Partial<AppState> {
  const { revision, configs, removed, preferences, vault, demo, settingsProblems, settingsReadOnly, alerts, host } =
    slices;
  const { budgets, sinks, snoozes, quietUntil, metrics } = slices;
  return {
    revision,
    ...(configs && { configs }),
    ...(removed && { removed }),
    ...(preferences && { preferences }),
    ...(vault && { vault }),
    ...(demo && { demo }),
    ...(settingsProblems && { settingsProblems }),
    ...(settingsReadOnly !== undefined && { settingsReadOnly }),
    ...(alerts && { alerts }),
    ...(budgets && { budgets }),
    ...(sinks && { sinks }),
    ...(snoozes && { snoozes }),
    ...(quietUntil !== undefined && { quietUntil }),
    ...(metrics && { metrics }),
    ...(host && { host }),
  };
}
