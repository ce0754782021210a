import { type Database, numberOf, statement } from "./sqlite.ts";

/** What the database knows of itself, in epoch milliseconds. */
export type Fact =
  /** All hours before it are rolled up. */
  | "rolled-until"
  /** Rows as read are complete from here on: what lies before it is not rolled up again. */
  | "samples-from";

export function readFact(db: Database, name: Fact): number | null {
  return numberOf(db, "SELECT value FROM facts WHERE name = ?", name);
}

export function writeFact(db: Database, name: Fact, value: number): void {
  statement(db, "INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)").run(name, value);
}
