import type { AlertLogEntry } from "../../../app/alerts/alert-log.ts";
import { gapLimit } from "../../../app/history/gap.ts";
import { markBetween } from "../../../app/history/marks.ts";
import type { MeterSample, SeriesDescription } from "../../../app/history/sample.ts";
import { nextSpan, type Span } from "../../../app/history/span.ts";
import { putAlert } from "./alert-rows.ts";
import { insertMark } from "./mark-rows.ts";
import { putSeries, readSeries, seriesKey } from "./series-rows.ts";
import { presentSpan, putSpan } from "./span-rows.ts";
import { type Database, inTransaction } from "./sqlite.ts";

/** What waits to be written. */
export type Entry =
  | { readonly type: "sample"; readonly series: SeriesDescription; readonly sample: MeterSample }
  | { readonly type: "alert"; readonly entry: AlertLogEntry };

/** "Still the same" alone is written no more often than this: a killed host forgets no more of it, which makes no gap. */
const CONFIRM_EVERY_MS = 5 * 60_000;

/** What is known of a series while the host runs. */
interface Tracked {
  readonly id: number;
  readonly series: SeriesDescription;
  readonly span: Span | null;
  /** The newest span that told figures. */
  readonly told: Span | null;
  /** `span` as it is on the disk. */
  readonly saved: Span | null;
}

/** Writes samples as spans. Each method is one transaction at most, and changes nothing of what it knows when that fails. */
export interface Recording {
  /** Returns since when more is known than before, epoch milliseconds: roll-ups of that time are to be made anew. Null: none. */
  write(entries: readonly Entry[]): number | null;
  /** Writes how long the present spans have held true. */
  saveSpans(): void;
  /** Forgets series that were deleted. */
  forget(ids: ReadonlySet<number>): void;
}

export function createRecording(db: Database): Recording {
  let tracked: ReadonlyMap<string, Tracked> = new Map(
    readSeries(db).map(({ id, series }): [string, Tracked] => {
      const span = presentSpan(db, id);
      return [seriesKey(series), { id, series, span, told: span, saved: span }];
    }),
  );

  return {
    write(entries) {
      let earliest: number | null = null;
      const learn = (since: number) => {
        earliest = Math.min(earliest ?? since, since);
      };
      if (!needsWriting(entries, tracked)) {
        tracked = confirmed(entries, tracked, learn);
        return earliest;
      }
      const next = new Map(tracked);
      inTransaction(db, () => {
        for (const entry of entries) {
          if (entry.type === "alert") {
            putAlert(db, entry.entry);
            continue;
          }
          const key = seriesKey(entry.series);
          next.set(key, writeSample(db, next.get(key) ?? newSeries(db, entry.series), entry, learn));
        }
        savePresent(db, next);
      });
      tracked = next;
      return earliest;
    },
    saveSpans() {
      if (![...tracked.values()].some(({ span, saved }) => span !== saved)) return;
      const next = new Map(tracked);
      inTransaction(db, () => savePresent(db, next));
      tracked = next;
    },
    forget(ids) {
      tracked = new Map([...tracked].filter(([, { id }]) => !ids.has(id)));
    },
  };
}

/** Whether anything is new: a span, a series or what it is called, an alert, or too long a time that is not on the disk. */
function needsWriting(entries: readonly Entry[], tracked: ReadonlyMap<string, Tracked>): boolean {
  return entries.some((entry) => {
    if (entry.type === "alert") return true;
    const known = tracked.get(seriesKey(entry.series));
    if (known === undefined || !isDescribed(known.series, entry.series)) return true;
    const step = nextSpan(known.span, entry.sample, gapLimit(entry.series.intervalMs));
    return step.type === "changed" || step.span.until - (known.saved?.until ?? 0) >= CONFIRM_EVERY_MS;
  });
}

/** What is known after samples none of which is new. */
function confirmed(
  entries: readonly Entry[],
  tracked: ReadonlyMap<string, Tracked>,
  learn: (since: number) => void,
): ReadonlyMap<string, Tracked> {
  const next = new Map(tracked);
  for (const entry of entries) {
    if (entry.type === "alert") continue;
    const key = seriesKey(entry.series);
    const known = next.get(key);
    if (known === undefined) continue;
    if (known.span !== null) learn(known.span.until);
    next.set(key, { ...known, span: nextSpan(known.span, entry.sample, gapLimit(entry.series.intervalMs)).span });
  }
  return next;
}

function newSeries(db: Database, series: SeriesDescription): Tracked {
  return { id: putSeries(db, series), series, span: null, told: null, saved: null };
}

function writeSample(
  db: Database,
  before: Tracked,
  { series, sample }: Extract<Entry, { type: "sample" }>,
  learn: (since: number) => void,
): Tracked {
  const { id } = before;
  if (!isDescribed(before.series, series)) putSeries(db, series);
  const { type, span } = nextSpan(before.span, sample, gapLimit(series.intervalMs));
  // What goes on holds true in between, too.
  learn(type === "same" ? (before.span?.until ?? span.at) : span.at);
  if (type === "same") return { ...before, series, span };
  if (before.span !== null) putSpan(db, "samples", id, before.span);
  const tells = span.remaining !== null || span.used !== null;
  const mark = before.told === null || !tells ? null : markBetween(before.told, span, series.windowKind);
  if (mark !== null) insertMark(db, id, mark);
  return { ...before, series, span, told: tells ? span : before.told };
}

function savePresent(db: Database, tracked: Map<string, Tracked>): void {
  for (const [key, known] of tracked) {
    if (known.span === null || known.span === known.saved) continue;
    putSpan(db, "present", known.id, known.span);
    tracked.set(key, { ...known, saved: known.span });
  }
}

function isDescribed(known: SeriesDescription, told: SeriesDescription): boolean {
  return known === told || JSON.stringify(known) === JSON.stringify(told);
}
