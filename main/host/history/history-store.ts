import { join } from "node:path";
import { MOST_BYTES } from "../../../app/history/retention.ts";
import type { HistoryStatus } from "../../../app/history/status.ts";
import type { HistoryStore, Logger } from "../../../app/ports.ts";
import { readAlerts } from "./alert-rows.ts";
import { type Connected, createConnection } from "./connection.ts";
import { measureDatabase } from "./measure.ts";
import { deleteOldRows, releaseFreePages, trimToSize, usedBytes } from "./old-rows.ts";
import { querySeries, recentSamples } from "./queries.ts";
import type { Entry } from "./recording.ts";
import { hourOf, rollUp } from "./roll-up-rows.ts";
import { deleteSeries, readSeries } from "./series-rows.ts";
import { inTransaction, type Sqlite } from "./sqlite.ts";

/** Of the database, in the profile. */
export const HISTORY_NAME = "history.db";

export interface HistoryStoreOptions {
  /** The profile's folder. */
  readonly directory: string;
  readonly logger: Logger;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  readonly sqlite?: () => Promise<Sqlite | null>;
  readonly mostBytes?: number;
}

/** How long what came is gathered before it is written: with the time that writing takes, within the promised second. */
const GATHER_MS = 500;
/** What waits for a disk that refuses; the oldest give way. Some hours of fifty meters. */
const MOST_WAITING = 20_000;

/**
 * The history of a profile in `history.db`, SQLite. Nothing is opened before there is something to write or to read, and no
 * timer runs while nothing comes. One process writes: the host of the profile.
 */
export function createHistoryStore(options: HistoryStoreOptions): HistoryStore {
  const { directory, logger, now = Date.now, mostBytes = MOST_BYTES } = options;
  const path = join(directory, HISTORY_NAME);
  const connection = createConnection({ path, logger, now, sqlite: options.sqlite });
  let waiting: readonly Entry[] = [];
  let timer: NodeJS.Timeout | null = null;
  /** Sources that may stay, while that has not been carried out. */
  let kept: ReadonlySet<string> | null = null;
  /** The hour of the last look at what is to be rolled up, and since when more is known than at the last roll-up. */
  let lookedAt: number | null = null;
  let earliest: number | null = null;
  let closed = false;

  const writeWaiting = (connected: Connected): void => {
    const { db, recording } = connected;
    forgetOthers(connected);
    if (waiting.length > 0) {
      const since = recording.write(waiting);
      waiting = [];
      if (since !== null) earliest = Math.min(earliest ?? since, since);
    }
    const at = now();
    if (hourOf(at) !== lookedAt) {
      recording.saveSpans();
      if (rollUp(db, at, earliest)) {
        earliest = null;
        deleteOldRows(db, at);
      }
      lookedAt = hourOf(at);
    }
    if (usedBytes(db) > mostBytes && trimToSize(db, mostBytes * 0.9)) logger.log("warn", "history-trimmed");
  };

  const forgetOthers = ({ db, recording }: Connected): void => {
    if (kept === null) return;
    const stay = kept;
    const gone = readSeries(db).filter(({ series }) => !stay.has(series.sourceId));
    if (gone.length > 0) {
      const ids = gone.map(({ id }) => id);
      inTransaction(db, () => deleteSeries(db, ids));
      recording.forget(new Set(ids));
      releaseFreePages(db);
    }
    kept = null;
  };

  /** Writes what waits; where somebody is about to look, also how long it has held true. */
  const flush = async (isLooking = false): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting.length === 0 && !connection.isOpen()) return;
    await connection.write((connected) => {
      writeWaiting(connected);
      if (isLooking) connected.recording.saveSpans();
    });
  };

  const add = (entry: Entry): void => {
    if (closed || connection.isOffForGood()) return;
    waiting = [...waiting.slice(1 - MOST_WAITING), entry];
    timer ??= setTimeout(() => void flush(), Math.max(GATHER_MS, connection.restMs()));
  };

  const read = async <T>(otherwise: T, work: (connected: Connected) => T): Promise<T> => {
    await flush(true);
    return connection.read(otherwise, work);
  };

  return {
    async status() {
      const measured = await connection.read(null, ({ db, keptAside }) => ({
        ...measureDatabase(db, path),
        keptAside,
      }));
      if (measured !== null) return { kind: "on", ...measured, problem: connection.problem() };
      const { reason, detail } = connection.off() ?? { reason: "cannot-open", detail: null };
      return { kind: "off", reason, detail } satisfies HistoryStatus;
    },
    record(series, sample) {
      const { at, resetsAt } = sample;
      // Times as the tables take them.
      const exact = { ...sample, at: Math.round(at), resetsAt: resetsAt === null ? null : Math.round(resetsAt) };
      if (Number.isSafeInteger(exact.at)) add({ type: "sample", series, sample: exact });
    },
    logAlert: (entry) => add({ type: "alert", entry }),
    query: (request) => read([], ({ db }) => querySeries(db, request)),
    recent: (sourceId, meterId, since) => read([], ({ db }) => recentSamples(db, { sourceId, meterId }, since, now())),
    alertLog: ({ limit, before }) => read([], ({ db }) => readAlerts(db, limit, before)),
    async keepOnly(sourceIds) {
      waiting = waiting.filter((entry) => entry.type === "alert" || sourceIds.has(entry.series.sourceId));
      kept = new Set(sourceIds);
      // A database that nobody needed yet is not opened for this.
      if (connection.isOpen()) await flush();
    },
    async close() {
      if (closed) return;
      await flush(true);
      closed = true;
      await connection.close();
    },
  };
}
