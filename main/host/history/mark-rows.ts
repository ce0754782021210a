import { type HistoryMark, historyMarkSchema } from "../../../app/history/series.ts";
import { append } from "./span-rows.ts";
import { type Database, number, numberOrNull, rowsOf, statement, text } from "./sqlite.ts";

export function insertMark(db: Database, series: number, mark: HistoryMark): void {
  statement(db, "INSERT OR REPLACE INTO marks (at, series, type, gained) VALUES (?, ?, ?, ?)").run(
    mark.at,
    series,
    mark.type,
    mark.gained,
  );
}

/** The marks of these series in [from, to], by series, oldest first. */
export function marksBetween(
  db: Database,
  series: readonly number[],
  from: number,
  to: number,
): ReadonlyMap<number, HistoryMark[]> {
  const sql = `SELECT series, at, type, gained FROM marks
    WHERE at >= ? AND at <= ? AND series IN (SELECT value FROM json_each(?)) ORDER BY at`;
  const found = new Map<number, HistoryMark[]>();
  for (const [id, at, type, gained] of rowsOf(db, sql, from, to, JSON.stringify(series))) {
    const known = historyMarkSchema.shape.type.safeParse(text(type));
    if (known.success) append(found, number(id), { at: number(at), type: known.data, gained: numberOrNull(gained) });
  }
  return found;
}
