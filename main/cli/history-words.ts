import type { HistoryOffReason } from "../../app/history/status.ts";

/** Why there is no history to read, and what to do, as a clause. */
export function historyOffWords({ reason, detail }: { reason: HistoryOffReason; detail: string | null }): string {
  const more = detail === null ? "" : ` (${detail})`;
  switch (reason) {
    case "not-needed":
    case "absent":
      return "nothing is kept yet: it is while the tray icon, `plimsoll serve` or `plimsoll watch` runs";
    case "no-sqlite":
      return `this Node has no SQLite${more}; Node 22.13 or newer does`;
    case "newer-version":
      return `it was written by a newer Plimsoll${more}; it stays untouched until that runs again`;
    case "older-version":
      return `it was written by an older Plimsoll${more}, and is brought up to date when the tray icon, \`plimsoll serve\` or \`plimsoll watch\` runs`;
    case "damaged":
      return `the file is damaged${more}; it is kept aside, and a new one begun, when the tray icon, \`plimsoll serve\` or \`plimsoll watch\` runs`;
    case "not-writable":
      return `the file or its folder cannot be used as it should${more}`;
    case "disk-full":
      return `the disk is full${more}`;
    case "cannot-open":
      return `the file cannot be opened${more}`;
  }
}
