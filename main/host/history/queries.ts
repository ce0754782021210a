import { type Bucket, bucketsOf, inOrder, mergeBuckets } from "../../../app/history/buckets.ts";
import { gapLimit } from "../../../app/history/gap.ts";
import { marksFor } from "../../../app/history/marks.ts";
import { pointsOfBuckets, pointsOfSpans } from "../../../app/history/points.ts";
import { RESOLUTION_MS } from "../../../app/history/resolution.ts";
import type { MeterSample } from "../../../app/history/sample.ts";
import type { HistoryPoint, HistorySeries, Resolution } from "../../../app/history/series.ts";
import type { HistoryRequest } from "../../../app/ports.ts";
import { bucketsBetween } from "./bucket-rows.ts";
import { readFact } from "./facts.ts";
import { marksBetween } from "./mark-rows.ts";
import { hourOf } from "./roll-up-rows.ts";
import { readSeries, type SeriesRow } from "./series-rows.ts";
import { spansBetween } from "./span-rows.ts";
import type { Database } from "./sqlite.ts";

const HOUR = RESOLUTION_MS.hour;

/** The series that have figures in the time asked for, by source in the order of their ids, with points and marks. */
export function querySeries(db: Database, request: HistoryRequest): HistorySeries[] {
  const { sourceIds, from, to, resolution } = request;
  const wanted = sourceIds === null ? null : new Set(sourceIds);
  const rows = readSeries(db)
    .filter(({ series }) => wanted === null || wanted.has(series.sourceId))
    .sort((a, b) => compare(a.series.sourceId, b.series.sourceId) || a.id - b.id);
  const ids = rows.map(({ id }) => id);
  const points = resolution === "raw" ? rawPoints(db, rows, from, to) : rolledPoints(db, rows, from, to, resolution);
  const marks = marksBetween(db, ids, from, to);
  return rows.flatMap(({ id, series }) => {
    const found = points.get(id) ?? [];
    return found.length === 0 ? [] : [{ ...series, points: found, marks: marksFor(marks.get(id) ?? [], resolution) }];
  });
}

function rawPoints(
  db: Database,
  rows: readonly SeriesRow[],
  from: number,
  to: number,
): ReadonlyMap<number, HistoryPoint[]> {
  const spans = spansBetween(db, idsOf(rows), from, to);
  return perSeries(rows, ({ id, series }) =>
    pointsOfSpans(spans.get(id) ?? [], series.unit, { from, to, gapMs: gapLimit(series.intervalMs) }),
  );
}

/** From the roll-ups, and from what was read since the last one. */
function rolledPoints(
  db: Database,
  rows: readonly SeriesRow[],
  from: number,
  to: number,
  resolution: Exclude<Resolution, "raw">,
): ReadonlyMap<number, HistoryPoint[]> {
  const sizeMs = RESOLUTION_MS[resolution];
  const begin = Math.floor(from / sizeMs) * sizeMs;
  // A clock that stood in the future has rolled up hours that are still to come.
  const rolledUntil = Math.min(readFact(db, "rolled-until") ?? begin, hourOf(to));
  const table = resolution === "day" ? "days" : "hours";
  const rolled = bucketsBetween(db, table, idsOf(rows), begin, to);
  // What was still so after the roll-up was not known to it: its last hour is looked at again.
  const tail = { from: Math.max(rolledUntil - HOUR, begin), to: to + 1, sizeMs: HOUR };
  const spans = spansBetween(db, idsOf(rows), tail.from, to);
  return perSeries(rows, ({ id, series }) => {
    const before: readonly Bucket[] = rolled.get(id) ?? [];
    const buckets = mergeBuckets([...before, ...bucketsOf(spans.get(id) ?? [], series.unit, tail)], sizeMs);
    return pointsOfBuckets(
      buckets.filter(({ firstAt, lastAt }) => lastAt >= from && firstAt <= to),
      gapLimit(series.intervalMs),
    );
  });
}

/** What a meter said since a time, in the unit that it told last: where each span began and ended, oldest first. */
export function recentSamples(
  db: Database,
  meter: { readonly sourceId: string; readonly meterId: string },
  since: number,
  now: number,
): MeterSample[] {
  const rows = readSeries(db).filter(
    ({ series }) => series.sourceId === meter.sourceId && series.meterId === meter.meterId,
  );
  const found = [...spansBetween(db, idsOf(rows), since, now).values()];
  const newest = found.toSorted((a, b) => (b.at(-1)?.until ?? 0) - (a.at(-1)?.until ?? 0))[0] ?? [];
  return inOrder(newest).flatMap(({ at, until, ...figures }) => {
    const { sourceId, meterId } = meter;
    const begin = { sourceId, meterId, at: Math.max(at, since), ...figures };
    return until > begin.at ? [begin, { ...begin, at: until }] : [begin];
  });
}

function perSeries(
  rows: readonly SeriesRow[],
  points: (row: SeriesRow) => HistoryPoint[],
): ReadonlyMap<number, HistoryPoint[]> {
  return new Map(rows.map((row): [number, HistoryPoint[]] => [row.id, points(row)]));
}

function idsOf(rows: readonly SeriesRow[]): number[] {
  return rows.map(({ id }) => id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
