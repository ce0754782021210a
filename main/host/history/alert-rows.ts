import { type AlertLogEntry, alertLogEntrySchema } from "../../../app/alerts/alert-log.ts";
import { ALERT_LOG_RETENTION_MS, MOST_LOGGED_ALERTS } from "../../../app/history/retention.ts";
import { type Database, rowsOf, statement, text } from "./sqlite.ts";

/** Writes an entry; one with an id that is there already takes its place. */
export function putAlert(db: Database, entry: AlertLogEntry): void {
  statement(db, "INSERT OR REPLACE INTO alerts (id, at, entry) VALUES (?, ?, ?)").run(
    entry.id,
    Math.round(entry.at),
    JSON.stringify(entry),
  );
}

/**
 * A page of the log, newest first: `limit` entries from before a time, and those of the same millisecond as the last, so that
 * the next page misses none. Entries that this version cannot read are left out.
 */
export function readAlerts(db: Database, limit: number, before: number | null): AlertLogEntry[] {
  const sql = `SELECT entry FROM alerts WHERE at < ?1 AND at >= coalesce(
      (SELECT at FROM alerts WHERE at < ?1 ORDER BY at DESC LIMIT 1 OFFSET ?2), -9e15
    ) ORDER BY at DESC, id`;
  const rows = limit < 1 ? [] : rowsOf(db, sql, before ?? Number.MAX_SAFE_INTEGER, limit - 1);
  return rows.flatMap(([entry]) => {
    const parsed = alertLogEntrySchema.safeParse(parseJson(text(entry)));
    return parsed.success ? [parsed.data] : [];
  });
}

/** Deletes the entries that are too many, or too old; ages are counted from `reference`, where that is known. */
export function trimAlerts(db: Database, reference: number | null): void {
  if (reference !== null) statement(db, "DELETE FROM alerts WHERE at < ?").run(reference - ALERT_LOG_RETENTION_MS);
  statement(db, "DELETE FROM alerts WHERE id NOT IN (SELECT id FROM alerts ORDER BY at DESC LIMIT ?)").run(
    MOST_LOGGED_ALERTS,
  );
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
