import Papa from "papaparse";
import { englishLabel } from "../wording/english-label.ts";
import { historyJson, markJson, pointJson } from "./history-json.ts";
import type { HistoryExport, HistoryFile, HistorySeries, HistoryView } from "./series.ts";
import { localTimes } from "./zone-offset.ts";

/** The columns of the CSV file, as docs/behaviour/history.md describes them. */
export const CSV_COLUMNS = [
  "row",
  "source_id",
  "source",
  "meter_id",
  "meter",
  "unit",
  "currency",
  "from_utc",
  "at_utc",
  "at_local",
  "time_zone",
  "remaining",
  "remaining_min",
  "remaining_max",
  "used",
  "limit",
  "percent_left",
  "percent_left_min",
  "percent_left_max",
  "gap_before",
  "gained",
] as const;
type Column = (typeof CSV_COLUMNS)[number];
type Cells = Partial<Record<Column, string | number | null>>;

/**
 * A view as a file. Holds ids, labels and figures, no secret. `timeZone` (IANA, the computer's when left out) is that of the
 * local times in CSV.
 */
export function exportHistory(
  view: HistoryView,
  query: Pick<HistoryExport, "range" | "format">,
  now: number,
  timeZone: string = new Intl.DateTimeFormat().resolvedOptions().timeZone,
): HistoryFile {
  const name = `plimsoll-history-${query.range}-${new Date(now).toISOString().slice(0, 10)}.${query.format}`;
  switch (query.format) {
    case "json":
      return { name, mediaType: "application/json", text: `${JSON.stringify(historyJson(view, now), null, 2)}\n` };
    case "csv":
      return { name, mediaType: "text/csv", text: historyCsv(view, timeZone) };
  }
}

/** One line per point and per mark of each series, by time (RFC 4180, with a header). */
export function historyCsv(view: HistoryView, timeZone: string): string {
  const local = localTimes(timeZone);
  const rows = view.series.flatMap((series) => seriesRows(series, timeZone, local));
  const text = Papa.unparse(
    { fields: [...CSV_COLUMNS], data: rows.map((cells) => CSV_COLUMNS.map((column) => cells[column] ?? "")) },
    // A label may begin like a formula; a spreadsheet must not run it.
    { escapeFormulae: true, newline: "\r\n" },
  );
  // Papa ends a header that stands alone, and no other last line.
  return text.endsWith("\r\n") ? text : `${text}\r\n`;
}

function seriesRows(series: HistorySeries, timeZone: string, local: (at: number) => string): Cells[] {
  const { unit } = series;
  const head: Cells = {
    source_id: series.sourceId,
    source: series.sourceLabel,
    meter_id: series.meterId,
    meter: englishLabel(series.label),
    unit: unit.kind,
    currency: unit.kind === "money" ? unit.currency : null,
    time_zone: timeZone,
  };
  const figures = series.points.map((point) => {
    const told = pointJson(point, unit);
    const cells: Cells = {
      ...head,
      row: "figures",
      from_utc: told.from,
      at_utc: told.at,
      at_local: local(point.at),
      remaining: told.remaining,
      remaining_min: told.remainingMin,
      remaining_max: told.remainingMax,
      used: told.used,
      limit: told.limit,
      percent_left: told.percentLeft,
      percent_left_min: told.percentLeftMin,
      percent_left_max: told.percentLeftMax,
      gap_before: told.gapBefore ? "yes" : "no",
    };
    return { at: point.at, cells };
  });
  const marks = series.marks.map((mark) => {
    const told = markJson(mark, unit);
    const cells: Cells = { ...head, row: mark.type, at_utc: told.at, at_local: local(mark.at), gained: told.gained };
    return { at: mark.at, cells };
  });
  return [...marks, ...figures].sort((a, b) => a.at - b.at).map(({ cells }) => cells);
}
