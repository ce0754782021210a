import { bucketsOf, mergeBuckets } from "../../../app/history/buckets.ts";
import { RESOLUTION_MS } from "../../../app/history/resolution.ts";
import { bucketsBetween, putBuckets } from "./bucket-rows.ts";
import { readFact, writeFact } from "./facts.ts";
import { readSeries } from "./series-rows.ts";
import { spansBetween } from "./span-rows.ts";
import { type Database, inTransaction, numberOf } from "./sqlite.ts";

const HOUR = RESOLUTION_MS.hour;
const DAY = RESOLUTION_MS.day;

/** The begin of the hour that a time lies in. */
export function hourOf(at: number): number {
  return Math.floor(at / HOUR) * HOUR;
}

/**
 * Rolls up the hours that have ended since the last time, and the days they lie in, in one transaction. `now` and `since` in
 * epoch milliseconds; `since`: since when more is known than then, which lies before the last time where something is still so, or a clock was
 * set back. Returns whether there was anything to do.
 */
export function rollUp(db: Database, now: number, since: number | null): boolean {
  const rolledUntil = readFact(db, "rolled-until");
  const from = firstHour(db, rolledUntil, since);
  const to = hourOf(now);
  if (from === null || from >= to) return false;
  inTransaction(db, () => {
    const all = readSeries(db);
    const ids = all.map(({ id }) => id);
    const spans = spansBetween(db, ids, from, to - 1);
    for (const { id, series } of all) {
      putBuckets(db, "hours", id, bucketsOf(spans.get(id) ?? [], series.unit, { from, to, sizeMs: HOUR }));
    }
    const hours = bucketsBetween(db, "hours", ids, Math.floor(from / DAY) * DAY, to);
    for (const [id, list] of hours) putBuckets(db, "days", id, mergeBuckets(list, DAY));
    writeFact(db, "rolled-until", to);
  });
  return true;
}

function firstHour(db: Database, rolledUntil: number | null, since: number | null): number | null {
  const first =
    rolledUntil ?? numberOf(db, "SELECT min(at) FROM (SELECT at FROM samples UNION ALL SELECT at FROM present)");
  if (first === null) return null;
  const from = hourOf(since === null ? first : Math.min(first, since));
  return Math.max(from, readFact(db, "samples-from") ?? from);
}
