import { existsSync } from "node:fs";
import { join } from "node:path";
import type { HistorySeries } from "../../../app/history/series.ts";
import type { HistoryOffReason, HistoryStatus } from "../../../app/history/status.ts";
import type { HistoryRequest } from "../../../app/ports.ts";
import { HISTORY_NAME } from "./history-store.ts";
import { measureDatabase } from "./measure.ts";
import { judge, offReason } from "./open-database.ts";
import { querySeries } from "./queries.ts";
import { SCHEMA_VERSION } from "./schema.ts";
import { type Database, loadSqlite, type Sqlite } from "./sqlite.ts";
import { problemDetail } from "./sqlite-problem.ts";

/** The history of a profile as commands read it, while a host may be writing. Both throw SQLite's error. */
export interface HistoryReader {
  status(): HistoryStatus;
  query(request: HistoryRequest): HistorySeries[];
  close(): void;
}

export type HistoryRead =
  | { readonly ok: true; readonly reader: HistoryReader }
  | { readonly ok: false; readonly reason: HistoryOffReason; readonly detail: string | null };

/** Opens the history of a profile to read it. Makes, repairs and migrates nothing. Never rejects. */
export async function readHistory(
  directory: string,
  options: { readonly sqlite?: () => Promise<Sqlite | null> } = {},
): Promise<HistoryRead> {
  const path = join(directory, HISTORY_NAME);
  if (!existsSync(path)) return { ok: false, reason: "absent", detail: null };
  const sqlite = await (options.sqlite ?? loadSqlite)();
  if (sqlite === null) return { ok: false, reason: "no-sqlite", detail: `Node ${process.version} has none` };
  try {
    const judged = judge(sqlite, path);
    switch (judged.type) {
      case "broken":
        return { ok: false, reason: "damaged", detail: judged.detail };
      case "unusable":
        return { ok: false, reason: judged.reason, detail: judged.detail };
      case "usable":
        break;
    }
    // A host makes the file a moment before it makes the tables.
    if (judged.version === 0) return { ok: false, reason: "absent", detail: null };
    if (judged.version < SCHEMA_VERSION)
      return { ok: false, reason: "older-version", detail: `version ${judged.version}` };
    return { ok: true, reader: readerOf(new sqlite.DatabaseSync(path, { readOnly: true }), path) };
  } catch (error) {
    return { ok: false, reason: offReason(error), detail: problemDetail(error) };
  }
}

function readerOf(db: Database, path: string): HistoryReader {
  return {
    status: () => ({ kind: "on", ...measureDatabase(db, path), problem: null, keptAside: null }),
    query(request) {
      // One moment of the database, whatever a host writes meanwhile.
      db.exec("BEGIN");
      try {
        return querySeries(db, request);
      } finally {
        db.exec("COMMIT");
      }
    },
    close: () => db.close(),
  };
}
