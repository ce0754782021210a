import type { HistoryStore } from "../ports.ts";
import { RANGES } from "./range.ts";
import type { HistoryExport, HistoryFile, HistoryQuery, HistoryView } from "./series.ts";

/** More points than this are not sent to a page: fifty meters that change at each poll are megabytes for a day. */
export const MOST_SHOWN_POINTS = 6_000;

/** What was kept up to now, in the steps of its range. Empty where nothing is kept. */
export async function historyView(store: HistoryStore, query: HistoryQuery, now: number): Promise<HistoryView> {
  const { lengthMs, resolution } = RANGES[query.range];
  const from = now - lengthMs;
  const series = await store.query({ sourceIds: query.sourceIds, from, to: now, resolution });
  return { from, to: now, resolution, series: [...series] };
}

/** The same for a page: a day of many meters comes by the hour, and each figure when a source is looked at by itself. */
export async function shownHistory(store: HistoryStore, query: HistoryQuery, now: number): Promise<HistoryView> {
  const view = await historyView(store, query, now);
  const points = view.series.reduce((total, series) => total + series.points.length, 0);
  if (view.resolution !== "raw" || points <= MOST_SHOWN_POINTS) return view;
  const { from, to } = view;
  const series = await store.query({ sourceIds: query.sourceIds, from, to, resolution: "hour" });
  return { from, to, resolution: "hour", series: [...series] };
}

/** What was kept as a file, nothing left out. */
export async function historyFile(store: HistoryStore, query: HistoryExport, now: number): Promise<HistoryFile> {
  const [view, { exportHistory }] = await Promise.all([historyView(store, query, now), import("./export.ts")]);
  return exportHistory(view, query, now);
}
