import { statSync } from "node:fs";
import type { HistoryStatus } from "../../../app/history/status.ts";
import { type Database, numberOf } from "./sqlite.ts";

type On = Extract<HistoryStatus, { kind: "on" }>;

/** How much an open database holds: rows, and bytes with what is not yet folded into the file. */
export function measureDatabase(db: Database, path: string): Pick<On, "path" | "bytes" | "rows"> {
  const count = (table: string) => numberOf(db, `SELECT count(*) FROM ${table}`) ?? 0;
  return {
    path,
    bytes: sizeOf(path) + sizeOf(`${path}-wal`),
    rows: { samples: count("samples") + count("present"), hours: count("hours"), days: count("days") },
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
