import type { AlertLogEntry } from "./alerts/alert-log.ts";
import type { HistoryStore } from "./ports.ts";

/** Kept beside the history, for a host that has none. */
const IN_MEMORY = 200;

/** What was told and what was held back, for people to look up. */
export interface AlertLog {
  add(entry: AlertLogEntry): void;
  /** Newest first, before a moment (epoch milliseconds, not included); `complete`: there are no older ones. */
  page(page: { readonly before: number | null; readonly limit: number }): Promise<{
    readonly entries: AlertLogEntry[];
    readonly complete: boolean;
  }>;
}

/** `onAdded` is told of each entry when a page would hold it. */
export function createAlertLog(store: HistoryStore, onAdded: (entry: AlertLogEntry) => void): AlertLog {
  let recent: readonly AlertLogEntry[] = [];
  return {
    add(entry) {
      recent = [entry, ...recent].slice(0, IN_MEMORY);
      store.logAlert(entry);
      onAdded(entry);
    },
    async page({ before, limit }) {
      const { kind } = await store.status();
      if (kind === "off") {
        const older = recent.filter(({ at }) => before === null || at < before);
        return { entries: older.slice(0, limit), complete: older.length <= limit };
      }
      const stored = await store.alertLog({ before, limit: limit + 1 });
      return { entries: stored.slice(0, limit), complete: stored.length <= limit };
    },
  };
}
