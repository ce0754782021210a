import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";

export type Sqlite = typeof import("node:sqlite");
export type Database = DatabaseSync;
export type Cell = SQLOutputValue | undefined;

/** The SQLite of this Node; null before Node 22.13, which has none without a flag. */
export async function loadSqlite(): Promise<Sqlite | null> {
  try {
    return await import("node:sqlite");
  } catch {
    return null;
  }
}

/** Runs `work` in one transaction that takes the write lock first. Rolls back and throws what `work` or SQLite throws. */
export function inTransaction<T>(db: Database, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    try {
      db.exec("ROLLBACK");
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full.
    }
    throw error;
  }
}

const prepared = new WeakMap<Database, Map<string, StatementSync>>();

/** The statement of an SQL text, compiled once per database: compiling costs more than running most of them. */
export function statement(db: Database, sql: string): StatementSync {
  let known = prepared.get(db);
  if (known === undefined) {
    known = new Map();
    prepared.set(db, known);
  }
  let found = known.get(sql);
  if (found === undefined) {
    found = db.prepare(sql);
    known.set(sql, found);
  }
  return found;
}

/** The rows of a query as cells in the order of its columns, which is several times faster than objects. */
export function rowsOf(db: Database, sql: string, ...parameters: SQLInputValue[]): (readonly Cell[])[] {
  const query = statement(db, sql);
  // Node before 22.16 gives objects alone.
  if ("setReturnArrays" in query) query.setReturnArrays(true);
  return query.all(...parameters).map(cellsOf);
}

/** The only number that a statement gives, such as a count or a pragma; null for no row or NULL. */
export function numberOf(db: Database, sql: string, ...parameters: SQLInputValue[]): number | null {
  const [row] = rowsOf(db, sql, ...parameters);
  return row === undefined ? null : numberOrNull(row[0]);
}

function cellsOf(row: Record<string, SQLOutputValue>): readonly Cell[] {
  return Array.isArray(row) ? row : Object.values(row);
}

/** A cell is not what the table's schema says: the file is not ours, or broken in a way that SQLite did not notice. */
export class UnexpectedCell extends Error {
  override readonly name = "UnexpectedCell";
}

export function number(cell: Cell): number {
  if (typeof cell !== "number") throw new UnexpectedCell("no number where one belongs");
  return cell;
}

export function numberOrNull(cell: Cell): number | null {
  return cell === null ? null : number(cell);
}

export function text(cell: Cell): string {
  if (typeof cell !== "string") throw new UnexpectedCell("no text where one belongs");
  return cell;
}
