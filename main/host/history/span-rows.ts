import type { Span } from "../../../app/history/span.ts";
import { type Cell, type Database, number, numberOrNull, rowsOf, statement } from "./sqlite.ts";

/**
 * Where spans lie: those that have ended in `samples`, which only grows at its end, and the one that still holds true of each
 * series in `present`, which is small enough to be written anew each time.
 */
export type SpanTable = "samples" | "present";

/** The columns that `spanOf` reads, in its order. */
export const SPAN_COLUMNS = `at, until, remaining, used, "limit", resets_at`;

export function spanOf([at, until, remaining, used, limit, resetsAt]: readonly Cell[]): Span {
  return {
    at: number(at),
    until: number(until),
    remaining: numberOrNull(remaining),
    used: numberOrNull(used),
    limit: numberOrNull(limit),
    resetsAt: numberOrNull(resetsAt),
  };
}

/** Writes a span of a series; into `present` in the place of the one before. */
export function putSpan(db: Database, table: SpanTable, series: number, span: Span): void {
  // Two spans that ended in the same millisecond: the later word counts.
  const sql = `INSERT OR REPLACE INTO ${table} (series, ${SPAN_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`;
  statement(db, sql).run(series, span.at, span.until, span.remaining, span.used, span.limit, span.resetsAt);
}

/** The span of a series that still holds true; null where there is none. */
export function presentSpan(db: Database, series: number): Span | null {
  const [row] = rowsOf(db, `SELECT ${SPAN_COLUMNS} FROM present WHERE series = ?`, series);
  return row === undefined ? null : spanOf(row);
}

/** The spans of these series that touch [from, to], by series, in the order in which they were written. */
export function spansBetween(
  db: Database,
  series: readonly number[],
  from: number,
  to: number,
): ReadonlyMap<number, Span[]> {
  // All series lie in one order: for one alone, this takes half the time.
  const isWanted = series.length === 1 ? "series = ?3" : "series IN (SELECT value FROM json_each(?3))";
  const part = (table: SpanTable) =>
    `SELECT series, ${SPAN_COLUMNS} FROM ${table} WHERE at <= ?1 AND until >= ?2 AND ${isWanted}`;
  const sql = `${part("samples")} UNION ALL ${part("present")}`;
  const wanted = series.length === 1 ? (series[0] ?? 0) : JSON.stringify(series);
  const found = new Map<number, Span[]>();
  for (const [id, ...cells] of rowsOf(db, sql, to, from, wanted)) {
    append(found, number(id), spanOf(cells));
  }
  return found;
}

/** Adds to the list that a map holds for a key. */
export function append<T>(lists: Map<number, T[]>, key: number, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
