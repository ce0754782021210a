import { markBetween } from "../../../app/history/marks.ts";
import { type WindowKind, windowKindSchema } from "../../../app/history/sample.ts";
import { insertMark } from "./mark-rows.ts";
import { putSpan, SPAN_COLUMNS, spanOf } from "./span-rows.ts";
import { type Database, number, rowsOf, statement, text } from "./sqlite.ts";

/** "PLIM": tells our file from any other SQLite database. */
export const APPLICATION_ID = 0x504c494d;

interface Migration {
  /** Tables that there are afterwards. */
  readonly tables: readonly string[];
  run(db: Database): void;
}

/** The step to version 1, to version 2, and so on. A released step is never changed. */
const MIGRATIONS: readonly Migration[] = [
  {
    tables: ["series", "samples"],
    run: (db) =>
      db.exec(`
        CREATE TABLE series (
          id INTEGER PRIMARY KEY,
          source_id TEXT NOT NULL,
          meter_id TEXT NOT NULL,
          unit TEXT NOT NULL,
          label TEXT NOT NULL,
          window_kind TEXT NOT NULL,
          UNIQUE (source_id, meter_id, unit)
        ) STRICT;
        CREATE TABLE samples (
          at INTEGER NOT NULL,
          series INTEGER NOT NULL,
          remaining REAL,
          used REAL,
          "limit" REAL,
          resets_at INTEGER,
          PRIMARY KEY (at, series)
        ) STRICT, WITHOUT ROWID;
      `),
  },
  { tables: ["series", "samples", "present", "marks", "hours", "days", "alerts", "facts"], run: toVersion2 },
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** The tables that a file of this version has. */
export function tablesOf(version: number): readonly string[] {
  return MIGRATIONS[version - 1]?.tables ?? [];
}

/** Brings an open database from `version` to SCHEMA_VERSION. To be run in a transaction; throws SQLite's error. */
export function migrate(db: Database, version: number): void {
  for (const migration of MIGRATIONS.slice(version)) migration.run(db);
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION};`);
}

/** Version 1 wrote a row when a figure changed, and at least one in this time. */
const ROW_OF_VERSION_1_MS = 3_600_000;

/**
 * Rows know how long they held true and lie in the order in which that ended, which is that in which they are added and asked for;
 * the newest lie apart. Marks, roll-ups and the alert log are kept.
 */
function toVersion2(db: Database): void {
  const roll_up = `
    at INTEGER NOT NULL,
    series INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    remaining REAL,
    remaining_min REAL,
    remaining_max REAL,
    used REAL,
    "limit" REAL,
    percent_left REAL,
    percent_min REAL,
    percent_max REAL,
    PRIMARY KEY (at, series)
  `;
  db.exec(`
    ALTER TABLE series ADD COLUMN source_label TEXT NOT NULL DEFAULT '';
    ALTER TABLE series ADD COLUMN interval_ms INTEGER NOT NULL DEFAULT 300000;
    ALTER TABLE samples RENAME TO old_samples;
    CREATE TABLE samples (
      until INTEGER NOT NULL,
      series INTEGER NOT NULL,
      at INTEGER NOT NULL,
      remaining REAL,
      used REAL,
      "limit" REAL,
      resets_at INTEGER,
      PRIMARY KEY (until, series)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE present (
      series INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      until INTEGER NOT NULL,
      remaining REAL,
      used REAL,
      "limit" REAL,
      resets_at INTEGER
    ) STRICT;
    CREATE TABLE marks (
      at INTEGER NOT NULL,
      series INTEGER NOT NULL,
      type TEXT NOT NULL,
      gained REAL,
      PRIMARY KEY (at, series, type)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE hours (${roll_up}) STRICT, WITHOUT ROWID;
    CREATE TABLE days (${roll_up}) STRICT, WITHOUT ROWID;
    CREATE TABLE alerts (id TEXT PRIMARY KEY, at INTEGER NOT NULL, entry TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX alerts_by_time ON alerts (at);
    CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO samples (until, series, at, remaining, used, "limit", resets_at)
      SELECT min(at + ${ROW_OF_VERSION_1_MS}, coalesce(lead(at) OVER (PARTITION BY series ORDER BY at) - 1, at)),
        series, at, remaining, used, "limit", resets_at
      FROM old_samples;
    DROP TABLE old_samples;
  `);
  for (const [id, kind] of rowsOf(db, "SELECT id, window_kind FROM series")) markSeries(db, number(id), text(kind));
}

/** Marks what happened between the rows of a series, and puts the newest row where that belongs. */
function markSeries(db: Database, series: number, kind: string): void {
  const windowKind: WindowKind = windowKindSchema.catch("period").parse(kind);
  const rows = rowsOf(db, `SELECT ${SPAN_COLUMNS} FROM samples WHERE series = ? ORDER BY at`, series);
  const spans = rows.map(spanOf);
  for (const [index, span] of spans.entries()) {
    const before = spans[index - 1];
    const mark = before === undefined ? null : markBetween(before, span, windowKind);
    if (mark !== null) insertMark(db, series, mark);
  }
  const newest = spans.at(-1);
  if (newest === undefined) return;
  putSpan(db, "present", series, newest);
  statement(db, "DELETE FROM samples WHERE series = ? AND until = ?").run(series, newest.until);
}
