import type { HistoryOffReason, HistoryProblem, HistoryStatus } from "../../app/history/status.ts";

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

/** Where history lies, how much of it there is, and what is wrong with it, in one line. */
export function historyWords(status: HistoryStatus): string {
  if (status.kind === "off") return `off: ${historyOffWords(status)}`;
  const { path, bytes, rows, problem, keptAside } = status;
  const counts = `${rows.samples} as read, ${rows.hours} hours, ${rows.days} days`;
  const wrong = problem === null ? "" : `; ${problemWords(problem)}`;
  const aside = keptAside === null ? "" : `; the one before was damaged and lies at ${keptAside}`;
  return `${path}, ${sizeWords(bytes)} (rows: ${counts})${wrong}${aside}`;
}

function problemWords(problem: HistoryProblem): string {
  const waiting = "figures wait in memory";
  switch (problem) {
    case "disk-full":
      return `the disk is full, and ${waiting}`;
    case "not-writable":
      return `it cannot be written, and ${waiting}`;
    case "locked":
      return `another program holds it, and ${waiting}`;
    case "damaged":
      return "it is damaged; a new one is begun at the next write";
    case "failed":
      return `writing failed, and ${waiting}; the log says more`;
  }
}

function sizeWords(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
