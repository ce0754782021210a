import { existsSync } from "node:fs";
import type { HistoryOffReason, HistoryProblem } from "../../../app/history/status.ts";
import type { Logger } from "../../../app/ports.ts";
import { type Opened, openDatabase } from "./open-database.ts";
import { createRecording, type Recording } from "./recording.ts";
import { type Database, loadSqlite, type Sqlite } from "./sqlite.ts";
import { isConnectionLost, problemDetail, problemOf } from "./sqlite-problem.ts";

/** The open database of a host, with what it knows of its newest rows. */
export interface Connected {
  readonly db: Database;
  readonly recording: Recording;
  /** Where a broken file of before was put; null where there was none. */
  readonly keptAside: string | null;
}

export interface Off {
  readonly reason: HistoryOffReason;
  readonly detail: string | null;
}

/** A database that is opened when it is first needed, and opened anew after it was lost. */
export interface Connection {
  /** What `work` reads; `otherwise` where there is no database, or it fails. Never rejects. */
  read<T>(otherwise: T, work: (connected: Connected) => T): Promise<T>;
  /** Lets `work` write; a failure is logged and becomes the `problem`. Never rejects. */
  write(work: (connected: Connected) => void): Promise<void>;
  isOpen(): boolean;
  /** Why it could not be opened; null while it is open or was not needed yet. */
  off(): Off | null;
  /** Nothing that happens in this process can open it. */
  isOffForGood(): boolean;
  /** Why the last write failed; null when it did not. */
  problem(): HistoryProblem | null;
  /** How many milliseconds the disk is left alone from now, after it refused. */
  restMs(): number;
  close(): Promise<void>;
}

const REST_MS = 10_000;
/** Another process that writes is soon done. */
const REST_LOCKED_MS = 1_000;

export function createConnection(options: {
  readonly path: string;
  readonly logger: Logger;
  readonly now: () => number;
  readonly sqlite?: (() => Promise<Sqlite | null>) | undefined;
}): Connection {
  const { path, logger, now, sqlite = loadSqlite } = options;
  let opening: Promise<Connected | null> | null = null;
  let connected: Connected | null = null;
  let off: Off | null = null;
  let problem: HistoryProblem | null = null;
  let restUntil = 0;
  let closed = false;

  const open = async (): Promise<Opened> => {
    const loaded = await sqlite();
    if (loaded !== null) return openDatabase(loaded, path, { logger, now });
    return { ok: false, reason: "no-sqlite", detail: `Node ${process.version} has none; Node 22.13 and newer do` };
  };

  const connect = async (): Promise<Connected | null> => {
    try {
      const opened = await open();
      if (opened.ok) {
        off = null;
        return { db: opened.db, recording: createRecording(opened.db), keptAside: opened.keptAside };
      }
      tellOff(opened);
    } catch (error) {
      tellOff({ reason: "cannot-open", detail: problemDetail(error) });
    }
    return null;
  };

  const tellOff = ({ reason, detail }: Off): void => {
    if (off?.reason !== reason) logger.log("warn", "history-off", { reason, detail });
    off = { reason, detail };
    restUntil = performance.now() + REST_MS;
  };

  const isOffForGood = (): boolean => off?.reason === "no-sqlite" || off?.reason === "newer-version";
  const restMs = (): number => Math.max(0, restUntil - performance.now());

  const reach = async (): Promise<Connected | null> => {
    if (closed || isOffForGood() || (off !== null && restMs() > 0)) return null;
    opening ??= connect();
    connected = await opening;
    if (connected === null) opening = null;
    return connected;
  };

  const failed = (event: string, error: unknown): HistoryProblem => {
    const found = problemOf(error);
    if (found !== problem) logger.log("error", event, { problem: found, detail: problemDetail(error) });
    return found;
  };

  /** Opening a lost connection anew finds out what is wrong, and keeps a broken file aside. */
  const lose = ({ db }: Connected): void => {
    closeQuietly(db);
    if (connected?.db === db) [connected, opening] = [null, null];
  };

  /** Runs `work`; once more on a connection opened anew, where the first was lost. Throws what the last run throws. */
  const run = async <T>(otherwise: T, work: (connected: Connected) => T): Promise<T> => {
    const reached = await reach();
    if (reached === null) return otherwise;
    if (existsSync(path)) {
      try {
        return work(reached);
      } catch (error) {
        if (!isConnectionLost(error)) throw error;
        logger.log("error", "history-lost", { detail: problemDetail(error) });
      }
    } else {
      // SQLite would go on writing into a file that nobody can find any more.
      logger.log("warn", "history-lost", { detail: "the file was removed" });
    }
    lose(reached);
    const again = await reach();
    return again === null ? otherwise : work(again);
  };

  return {
    async read(otherwise, work) {
      try {
        return await run(otherwise, work);
      } catch (error) {
        failed("history-not-read", error);
        return otherwise;
      }
    },
    async write(work) {
      try {
        await run(undefined, (reached) => {
          work(reached);
          problem = null;
        });
      } catch (error) {
        problem = failed("history-not-written", error);
        restUntil = performance.now() + (problem === "locked" ? REST_LOCKED_MS : REST_MS);
      }
    },
    isOpen: () => connected !== null,
    off: () => off,
    isOffForGood,
    problem: () => problem,
    restMs,
    async close() {
      closed = true;
      const last = await opening;
      [connected, opening] = [null, null];
      if (last !== null) closeQuietly(last.db);
    },
  };
}

function closeQuietly(db: Database): void {
  try {
    db.close();
  } catch {
    // It is lost anyway.
  }
}
