import type { HistoryStore } from "../ports.ts";
import { RANGES } from "./range.ts";
import type { HistoryExport, HistoryFile, HistoryQuery, HistoryView } from "./series.ts";

/** What a view shows of what was kept, up to now. Empty where nothing is kept. */
export async function historyView(store: HistoryStore, query: HistoryQuery, now: number): Promise<HistoryView> {
  const { lengthMs, resolution } = RANGES[query.range];
  const from = now - lengthMs;
  const series = await store.query({ sourceIds: query.sourceIds, from, to: now, resolution });
  return { from, to: now, resolution, series: [...series] };
}

/** The same view as a file. */
export async function historyFile(store: HistoryStore, query: HistoryExport, now: number): Promise<HistoryFile> {
  const [view, { exportHistory }] = await Promise.all([historyView(store, query, now), import("./export.ts")]);
  return exportHistory(view, query, now);
}
