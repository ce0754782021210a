import { type SeriesDescription, seriesDescriptionSchema } from "../../../app/history/sample.ts";
import { unitCode, unitOfCode } from "../../../app/history/unit-code.ts";
import { type Cell, type Database, number, rowsOf, statement, text } from "./sqlite.ts";

export interface SeriesRow {
  readonly id: number;
  readonly series: SeriesDescription;
}

const COLUMNS = "id, source_id, source_label, meter_id, label, unit, window_kind, interval_ms";

/** All series, in the order in which they came. One whose description this version cannot read is left out. */
export function readSeries(db: Database): SeriesRow[] {
  return rowsOf(db, `SELECT ${COLUMNS} FROM series ORDER BY id`).flatMap((row) => {
    const read = seriesOfRow(row);
    return read === null ? [] : [read];
  });
}

function seriesOfRow([
  id,
  sourceId,
  sourceLabel,
  meterId,
  label,
  unit,
  windowKind,
  intervalMs,
]: readonly Cell[]): SeriesRow | null {
  const parsed = seriesDescriptionSchema.safeParse({
    sourceId,
    sourceLabel,
    meterId,
    label: parseJson(text(label)),
    unit: unitOfCode(text(unit)),
    windowKind,
    intervalMs,
  });
  return parsed.success ? { id: number(id), series: parsed.data } : null;
}

/** What tells a series from all others. */
export function seriesKey({
  sourceId,
  meterId,
  unit,
}: Pick<SeriesDescription, "sourceId" | "meterId" | "unit">): string {
  return JSON.stringify([sourceId, meterId, unitCode(unit)]);
}

/** Writes a series, or what it is called now; returns its id. */
export function putSeries(db: Database, series: SeriesDescription): number {
  const sql = `
    INSERT INTO series (source_id, source_label, meter_id, label, unit, window_kind, interval_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (source_id, meter_id, unit) DO UPDATE SET
      source_label = excluded.source_label, label = excluded.label,
      window_kind = excluded.window_kind, interval_ms = excluded.interval_ms
    RETURNING id
  `;
  const [row] = rowsOf(
    db,
    sql,
    series.sourceId,
    series.sourceLabel,
    series.meterId,
    JSON.stringify(series.label),
    unitCode(series.unit),
    series.windowKind,
    Math.round(series.intervalMs),
  );
  return number(row?.[0]);
}

/** Deletes series with all that is kept of them. */
export function deleteSeries(db: Database, ids: readonly number[]): void {
  const list = JSON.stringify(ids);
  for (const table of ["samples", "present", "marks", "hours", "days"]) {
    statement(db, `DELETE FROM ${table} WHERE series IN (SELECT value FROM json_each(?))`).run(list);
  }
  statement(db, "DELETE FROM series WHERE id IN (SELECT value FROM json_each(?))").run(list);
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
