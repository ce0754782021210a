import type { HistoryProblem } from "../../../app/history/status.ts";

/** Primary result codes of SQLite (https://sqlite.org/rescode.html). */
const PROBLEMS: ReadonlyMap<number, HistoryProblem> = new Map([
  [5, "locked"], // BUSY
  [6, "locked"], // LOCKED
  [8, "not-writable"], // READONLY
  [11, "damaged"], // CORRUPT
  [13, "disk-full"], // FULL
  [14, "not-writable"], // CANTOPEN
  [26, "damaged"], // NOTADB
]);
const READONLY_DBMOVED = 1032;

/** What an error of SQLite, or of reading its rows, means. Anything unforeseen is `failed`. */
export function problemOf(error: unknown): HistoryProblem {
  if (!(error instanceof Error)) return "failed";
  if (error.name === "UnexpectedCell" || codeOf(error) === "ERR_OUT_OF_RANGE") return "damaged";
  const code = resultCode(error);
  return (code === null ? undefined : PROBLEMS.get(code & 0xff)) ?? "failed";
}

/** Whether the open connection is of no use any more: the file is damaged, or another one lies in its place. */
export function isConnectionLost(error: unknown): boolean {
  return problemOf(error) === "damaged" || (error instanceof Error && resultCode(error) === READONLY_DBMOVED);
}

/** One plain clause for the log and `doctor`: SQLite's words for the code, which hold no data. */
export function problemDetail(error: unknown): string {
  if (error instanceof Error && "errstr" in error && typeof error.errstr === "string") return error.errstr;
  return error instanceof Error ? (codeOf(error) ?? error.name) : "unknown";
}

/** Whether the file system failed with this code ("ENOENT"). */
export function isFileSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && codeOf(error) === code;
}

function resultCode(error: Error): number | null {
  return "errcode" in error && typeof error.errcode === "number" ? error.errcode : null;
}

function codeOf(error: Error): string | null {
  return "code" in error && typeof error.code === "string" ? error.code : null;
}
