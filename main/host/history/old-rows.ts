import { ageReference, RETENTION_MS } from "../../../app/history/retention.ts";
import { trimAlerts } from "./alert-rows.ts";
import { readFact, writeFact } from "./facts.ts";
import { hourOf } from "./roll-up-rows.ts";
import { type Database, inTransaction, number, numberOf, rowsOf, statement } from "./sqlite.ts";

/** Deletes what is older than it is kept (app/history/retention.ts), in one transaction; after a roll-up, so that nothing goes before it. */
export function deleteOldRows(db: Database, now: number): void {
  const newest = rowsOf(db, "SELECT DISTINCT at FROM hours ORDER BY at DESC LIMIT 3").map(([at]) => number(at));
  const reference = ageReference(newest, now);
  inTransaction(db, () => {
    trimAlerts(db, reference);
    if (reference === null) return;
    deleteSamplesBefore(db, hourOf(reference - RETENTION_MS.samples));
    for (const table of ["hours", "days", "marks"] as const) {
      statement(db, `DELETE FROM ${table} WHERE at < ?`).run(reference - RETENTION_MS[table]);
    }
  });
}

/** Deletes series of which nothing is kept any more. Only while nobody records. */
export function deleteEmptySeries(db: Database): void {
  db.exec(`DELETE FROM series
    WHERE id NOT IN (SELECT series FROM present) AND id NOT IN (SELECT series FROM samples)
    AND id NOT IN (SELECT series FROM hours) AND id NOT IN (SELECT series FROM days)`);
}

/** What the rows take, in bytes; pages that were freed and will be used again do not count. */
export function usedBytes(db: Database): number {
  const pages = (numberOf(db, "PRAGMA page_count") ?? 0) - (numberOf(db, "PRAGMA freelist_count") ?? 0);
  return pages * (numberOf(db, "PRAGMA page_size") ?? 0);
}

/** Of the rows of the poorest kind that there is, this share goes at a time. */
const SHARE = 8;

/**
 * Deletes the oldest rows until they take at most `bytes`: first those as they were read, then hours, then days, then marks;
 * a part at a time, in a transaction each. Then gives the room back to the disk. Returns whether anything was deleted.
 */
export function trimToSize(db: Database, bytes: number): boolean {
  let trimmed = false;
  while (usedBytes(db) > bytes && deleteOldestPart(db)) trimmed = true;
  if (trimmed) releaseFreePages(db);
  return trimmed;
}

/** Gives pages that were freed back to the disk. */
export function releaseFreePages(db: Database): void {
  db.exec("PRAGMA incremental_vacuum");
}

function deleteOldestPart(db: Database): boolean {
  for (const table of ["samples", "hours", "days", "marks"] as const) {
    const time = table === "samples" ? "until" : "at";
    const first = numberOf(db, `SELECT min(${time}) FROM ${table}`);
    const last = numberOf(db, `SELECT max(${time}) FROM ${table}`);
    if (first === null || last === null) continue;
    const cutoff = first + Math.ceil((last - first) / SHARE) + 1;
    inTransaction(db, () => {
      if (table === "samples") deleteSamplesBefore(db, cutoff);
      else statement(db, `DELETE FROM ${table} WHERE at < ?`).run(cutoff);
    });
    return true;
  }
  return false;
}

function deleteSamplesBefore(db: Database, cutoff: number): void {
  statement(db, "DELETE FROM samples WHERE until < ?").run(cutoff);
  // The hour that the cut goes through is not whole any more.
  writeFact(db, "samples-from", Math.max(hourOf(cutoff - 1) + 3_600_000, readFact(db, "samples-from") ?? cutoff));
}
