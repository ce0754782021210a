import type { Bucket } from "../../../app/history/buckets.ts";
import { append } from "./span-rows.ts";
import { type Cell, type Database, number, numberOrNull, rowsOf, statement } from "./sqlite.ts";

/** The tables of roll-ups: one row per series and hour or day of UTC. */
export type BucketTable = "hours" | "days";

const COLUMNS = `at, first_at, last_at, remaining, remaining_min, remaining_max, used, "limit", percent_left, percent_min, percent_max`;

/** Writes roll-ups of a series in the place of those that were there. */
export function putBuckets(db: Database, table: BucketTable, series: number, buckets: readonly Bucket[]): void {
  const insert = statement(
    db,
    `INSERT OR REPLACE INTO ${table} (series, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const bucket of buckets) {
    insert.run(
      series,
      bucket.at,
      bucket.firstAt,
      bucket.lastAt,
      bucket.remaining,
      bucket.remainingMin,
      bucket.remainingMax,
      bucket.used,
      bucket.limit,
      bucket.percentLeft,
      bucket.percentMin,
      bucket.percentMax,
    );
  }
}

/** The roll-ups of these series that begin in [from, to), by series, oldest first. */
export function bucketsBetween(
  db: Database,
  table: BucketTable,
  series: readonly number[],
  from: number,
  to: number,
): ReadonlyMap<number, Bucket[]> {
  const sql = `SELECT series, ${COLUMNS} FROM ${table}
    WHERE at >= ? AND at < ? AND series IN (SELECT value FROM json_each(?)) ORDER BY at`;
  const found = new Map<number, Bucket[]>();
  for (const [id, ...cells] of rowsOf(db, sql, from, to, JSON.stringify(series))) {
    append(found, number(id), bucketOf(cells));
  }
  return found;
}

function bucketOf(cells: readonly Cell[]): Bucket {
  const [at, firstAt, lastAt, remaining, remainingMin, remainingMax, used, limit, percentLeft, percentMin, percentMax] =
    cells;
  return {
    at: number(at),
    firstAt: number(firstAt),
    lastAt: number(lastAt),
    remaining: numberOrNull(remaining),
    remainingMin: numberOrNull(remainingMin),
    remainingMax: numberOrNull(remainingMax),
    used: numberOrNull(used),
    limit: numberOrNull(limit),
    percentLeft: numberOrNull(percentLeft),
    percentMin: numberOrNull(percentMin),
    percentMax: numberOrNull(percentMax),
  };
}
