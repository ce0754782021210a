import { expect, it } from "vitest";
import type { HistoryRequest, HistoryStore } from "../ports.ts";
import { historyView, MOST_SHOWN_POINTS, shownHistory } from "./history-handlers.ts";
import { noHistory } from "./no-history.ts";
import type { HistoryPoint, HistorySeries } from "./series.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");

const point = (at: number): HistoryPoint => ({
  from: at,
  at,
  remaining: 1,
  remainingMin: 1,
  remainingMax: 1,
  used: null,
  limit: null,
  percentLeft: null,
  percentMin: null,
  percentMax: null,
  gapBefore: false,
});

/** A store that holds so many figures of one meter in a day, and notes what it is asked. */
function storeOf(figures: number): { store: HistoryStore; asked: HistoryRequest["resolution"][] } {
  const asked: HistoryRequest["resolution"][] = [];
  const series = (points: number): HistorySeries => ({
    sourceId: "a",
    sourceLabel: "A",
    meterId: "tokens",
    label: { key: "meter.tokens" },
    unit: { kind: "tokens" },
    windowKind: "rolling",
    intervalMs: 300_000,
    points: Array.from({ length: points }, (_, index) => point(NOW - index)),
    marks: [],
  });
  return {
    asked,
    store: {
      ...noHistory,
      query: async ({ resolution }) => {
        asked.push(resolution);
        return [series(resolution === "raw" ? figures : 24)];
      },
    },
  };
}

it.each([
  ["each figure of a day", MOST_SHOWN_POINTS, "raw", ["raw"]],
  ["a day of very many figures by the hour", MOST_SHOWN_POINTS + 1, "hour", ["raw", "hour"]],
])("gives a page %s", async (_name, figures, resolution, expected) => {
  const { store, asked } = storeOf(figures);
  const view = await shownHistory(store, { sourceIds: null, range: "day" }, NOW);
  expect(view.resolution).toBe(resolution);
  expect(asked).toEqual(expected);
  expect(view.series[0]?.points.length).toBeLessThanOrEqual(MOST_SHOWN_POINTS);
});

it("leaves nothing out of an export", async () => {
  const { store } = storeOf(MOST_SHOWN_POINTS + 1);
  const view = await historyView(store, { sourceIds: null, range: "day" }, NOW);
  expect(view.series[0]?.points).toHaveLength(MOST_SHOWN_POINTS + 1);
});
