import type { HistoryStore } from "../ports.ts";

/** Keeps nothing: for commands that poll once and end. */
export const noHistory: HistoryStore = {
  status: async () => ({ kind: "off", reason: "not-needed", detail: null }),
  record: () => undefined,
  query: async () => [],
  recent: async () => [],
  logAlert: () => undefined,
  alertLog: async () => [],
  keepOnly: async () => undefined,
  close: async () => undefined,
};
