import type { AppState } from "../../app/contract/contract.ts";
import { NO_METRICS } from "../../app/settings/metrics-settings.ts";
import { DEFAULT_PREFERENCES } from "../../app/settings/schema.ts";

/** A state in which there is nothing, but for what is given. */
export function emptyState(over: Partial<AppState> = {}): AppState {
  return {
    revision: 1,
    sources: [],
    configs: [],
    removed: [],
    preferences: DEFAULT_PREFERENCES,
    vault: { kind: "not-checked", backend: "", problem: null },
    demo: "none",
    settingsProblems: [],
    settingsReadOnly: false,
    alerts: [],
    budgets: [],
    sinks: [],
    snoozes: [],
    quietUntil: null,
    metrics: NO_METRICS,
    host: { face: "web", version: "0", platform: "linux", settingsPath: "/profile/settings.json" },
    ...over,
  };
}
