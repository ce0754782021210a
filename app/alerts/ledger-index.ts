import type { JudgedReading } from "./desk.ts";
import type { LedgerEntry } from "./ledger.ts";
import { type MeterEntries, NO_ENTRIES } from "./meter-rules.ts";

/** With more meters than this, a gateway makes up new names: those that it no longer tells go, the oldest first. */
const MOST_METERS = 400;
const DAY_MS = 24 * 3_600_000;
/** A meter that is told no more is forgotten so long after its window ended… */
const KEPT_AFTER_RESET_MS = 7 * DAY_MS;
/** …or, where it has none, so long after it fired. */
const KEPT_WITHOUT_RESET_MS = 90 * DAY_MS;

type Meters = Map<string | null, MeterEntries>;
type Place = Pick<LedgerEntry, "sourceId" | "meterId" | "rule">;

/** The entries of the ledger by source and meter, so that a reading looks at its own only. A source's own entries lie under null. */
export interface LedgerIndex {
  of(sourceId: string, meterId: string | null): MeterEntries;
  set(sourceId: string, meterId: string | null, entries: MeterEntries): void;
  /** Replaces or, with null, removes the entry in one place. */
  put(place: Place, entry: LedgerEntry | null): void;
  /** Entries that wait to be told. */
  waiting(): LedgerEntry[];
  waitingOf(sourceId: string): LedgerEntry[];
  /** Forgets meters that a reading no longer holds and that ended long ago, or are too many. Says whether any went. */
  prune(reading: Pick<JudgedReading, "sourceId" | "meters">, now: number): boolean;
  /** Forgets all other sources. Says whether any went. */
  keepOnly(sourceIds: ReadonlySet<string>): boolean;
  all(): LedgerEntry[];
}

export function createLedgerIndex(entries: readonly LedgerEntry[]): LedgerIndex {
  const sources = new Map<string, Meters>();
  /** Sources with an entry that waits. */
  const waiting = new Set<string>();

  const allOf = (sourceId: string): LedgerEntry[] => {
    const meters = sources.get(sourceId);
    return meters === undefined ? [] : [...meters.values()].flatMap((each) => [...each.values()]);
  };
  const waitingOf = (sourceId: string): LedgerEntry[] =>
    waiting.has(sourceId) ? allOf(sourceId).filter(({ pending }) => pending !== null) : [];

  const set = (sourceId: string, meterId: string | null, next: MeterEntries): void => {
    const meters: Meters = sources.get(sourceId) ?? new Map();
    if (next.size === 0) meters.delete(meterId);
    else meters.set(meterId, next);
    if (meters.size === 0) sources.delete(sourceId);
    else sources.set(sourceId, meters);
    if (allOf(sourceId).some(({ pending }) => pending !== null)) waiting.add(sourceId);
    else waiting.delete(sourceId);
  };

  const of = (sourceId: string, meterId: string | null): MeterEntries =>
    sources.get(sourceId)?.get(meterId) ?? NO_ENTRIES;

  const put = ({ sourceId, meterId, rule }: Place, entry: LedgerEntry | null): void => {
    const next = new Map(of(sourceId, meterId));
    if (entry === null) next.delete(rule);
    else next.set(rule, entry);
    set(sourceId, meterId, next);
  };

  for (const entry of entries) put(entry, entry);

  return {
    of,
    set,
    put,
    waiting: () => [...waiting].flatMap(waitingOf),
    waitingOf,
    prune({ sourceId, meters: present }, now) {
      const meters = sources.get(sourceId);
      if (meters === undefined) return false;
      const absent = [...meters].filter(
        ([meterId]) => meterId !== null && !present.some((meter) => meter.id === meterId),
      );
      if (absent.length === 0) return false;
      const tooMany = absent.toSorted(newestFirst).slice(Math.max(0, MOST_METERS - present.length));
      const over = absent.filter(([, each]) => [...each.values()].every((entry) => isLongOver(entry, now)));
      for (const [meterId] of [...tooMany, ...over]) set(sourceId, meterId, NO_ENTRIES);
      return tooMany.length + over.length > 0;
    },
    keepOnly(sourceIds) {
      const gone = [...sources.keys()].filter((id) => !sourceIds.has(id));
      for (const id of gone) {
        sources.delete(id);
        waiting.delete(id);
      }
      return gone.length > 0;
    },
    all: () => [...sources.keys()].flatMap(allOf),
  };
}

function isLongOver({ resetsAt, firedAt }: LedgerEntry, now: number): boolean {
  return resetsAt === null ? now - firedAt > KEPT_WITHOUT_RESET_MS : now - resetsAt > KEPT_AFTER_RESET_MS;
}

function newestFirst([, a]: readonly [unknown, MeterEntries], [, b]: readonly [unknown, MeterEntries]): number {
  const firedAt = (entries: MeterEntries) => Math.max(...[...entries.values()].map((entry) => entry.firedAt));
  return firedAt(b) - firedAt(a);
}
