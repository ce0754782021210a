import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { MOST_BYTES } from "../../../app/history/retention.ts";
import type { HistoryOffReason } from "../../../app/history/status.ts";
import type { Logger } from "../../../app/ports.ts";
import { keepFileAside } from "../keep-aside.ts";
import { ensurePrivateDirectory } from "../private-directory.ts";
import { deleteEmptySeries } from "./old-rows.ts";
import { APPLICATION_ID, migrate, SCHEMA_VERSION, tablesOf } from "./schema.ts";
import { type Database, inTransaction, numberOf, rowsOf, type Sqlite, text } from "./sqlite.ts";
import { isFileSystemError, problemDetail, problemOf } from "./sqlite-problem.ts";

/** SQLite waits so long for another process that writes; all of this process waits with it. */
const BUSY_MS = 250;
/** What is not yet folded into the file may grow to this and shrinks back to it. */
const JOURNAL_BYTES = 4 * 2 ** 20;

/** An open database, or why there is none. */
export type Opened =
  | { readonly ok: true; readonly db: Database; readonly keptAside: string | null }
  | { readonly ok: false; readonly reason: HistoryOffReason; readonly detail: string | null };

/** What a look at the file, which changes nothing, has found. */
export type Judgement =
  | { readonly type: "usable"; readonly version: number }
  | { readonly type: "broken"; readonly detail: string }
  | { readonly type: "unusable"; readonly reason: HistoryOffReason; readonly detail: string | null };

/**
 * Opens `path` for the one writer: made where there is none (its owner's alone), brought to the present version, checked. A broken
 * file is kept aside with what belongs to it, and a new one begun. One of a newer version stays untouched. Never rejects.
 */
export async function openDatabase(
  sqlite: Sqlite,
  path: string,
  options: { readonly logger: Logger; readonly now: () => number },
): Promise<Opened> {
  let keptAside: string | null = null;
  for (;;) {
    try {
      await makeFile(path);
      const judged = judge(sqlite, path);
      if (judged.type === "unusable") return { ok: false, reason: judged.reason, detail: judged.detail };
      if (judged.type === "usable") return { ok: true, db: openForWriting(sqlite, path, judged.version), keptAside };
      // A second broken file is one that we made ourselves: the disk is at fault.
      if (keptAside !== null) return { ok: false, reason: "damaged", detail: judged.detail };
      keptAside = await keepDatabaseAside(path, new Date(options.now()));
      options.logger.log("error", "history-damaged", { detail: judged.detail, keptAside });
    } catch (error) {
      return { ok: false, reason: offReason(error), detail: problemDetail(error) };
    }
  }
}

/** Looks at a file without changing it: whose it is, of which version, and whether it is whole. Throws SQLite's other errors. */
export function judge(sqlite: Sqlite, path: string): Judgement {
  let db: Database | null = null;
  try {
    db = new sqlite.DatabaseSync(path, { readOnly: true });
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    const version = numberOf(db, "PRAGMA user_version") ?? 0;
    const tables = new Set(
      rowsOf(db, "SELECT name FROM sqlite_schema WHERE type = 'table'").map(([name]) => text(name)),
    );
    if (version === 0 && tables.size === 0) return { type: "usable", version };
    if (numberOf(db, "PRAGMA application_id") !== APPLICATION_ID)
      return { type: "broken", detail: "not a history of Plimsoll" };
    if (version > SCHEMA_VERSION) {
      return { type: "unusable", reason: "newer-version", detail: `version ${version}, known is ${SCHEMA_VERSION}` };
    }
    const absent = tablesOf(version).find((name) => !tables.has(name));
    if (version < 1 || absent !== undefined) return { type: "broken", detail: `no table ${absent ?? "at all"}` };
    const [check] = rowsOf(db, "PRAGMA quick_check(1)");
    const found = text(check?.[0]);
    return found === "ok" ? { type: "usable", version } : { type: "broken", detail: "its pages do not fit together" };
  } catch (error) {
    if (problemOf(error) !== "damaged") throw error;
    return { type: "broken", detail: problemDetail(error) };
  } finally {
    db?.close();
  }
}

function openForWriting(sqlite: Sqlite, path: string, version: number): Database {
  const db = new sqlite.DatabaseSync(path);
  try {
    db.exec(`
      PRAGMA busy_timeout = ${BUSY_MS};
      PRAGMA trusted_schema = OFF;
      PRAGMA auto_vacuum = INCREMENTAL;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA journal_size_limit = ${JOURNAL_BYTES};
    `);
    const pageSize = numberOf(db, "PRAGMA page_size") ?? 4096;
    // Nothing that is polled can fill the disk, whatever comes: the size is looked at after each write.
    db.exec(`PRAGMA max_page_count = ${Math.ceil((2 * MOST_BYTES) / pageSize)}`);
    if (version < SCHEMA_VERSION) inTransaction(db, () => migrate(db, numberOf(db, "PRAGMA user_version") ?? version));
    deleteEmptySeries(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A new file is its owner's alone from its first byte; SQLite gives its companions the same rights. */
async function makeFile(path: string): Promise<void> {
  await ensurePrivateDirectory(dirname(path));
  const file = await open(path, "a", 0o600);
  await file.close();
}

/** Puts a database aside together with what was not yet folded into it; returns the new path of the database. */
async function keepDatabaseAside(path: string, now: Date): Promise<string> {
  const kept = await keepFileAside(path, now);
  for (const companion of ["-wal", "-shm"]) {
    try {
      await rename(`${path}${companion}`, `${kept}${companion}`);
    } catch (error) {
      if (!isFileSystemError(error, "ENOENT")) throw error;
    }
  }
  return kept;
}

/** Why a database could not be opened. */
export function offReason(error: unknown): HistoryOffReason {
  for (const code of ["EACCES", "EPERM", "EROFS"]) if (isFileSystemError(error, code)) return "not-writable";
  if (isFileSystemError(error, "ENOSPC") || isFileSystemError(error, "EDQUOT")) return "disk-full";
  switch (problemOf(error)) {
    case "disk-full":
      return "disk-full";
    case "not-writable":
      return "not-writable";
    case "damaged":
      return "damaged";
    case "locked":
    case "failed":
      return "cannot-open";
  }
}
