import type { Unit } from "../quota/meter.ts";
import { type Bucket, inOrder } from "./buckets.ts";
import { percentLeft } from "./percent-left.ts";
import type { HistoryPoint } from "./series.ts";
import type { Span } from "./span.ts";

/**
 * What is drawn of spans between two times: a point where each begins and one where it ends, so that what did not change is
 * level. A span that reaches into the time begins at its edge.
 */
export function pointsOfSpans(
  spans: readonly Span[],
  unit: Unit,
  time: { readonly from: number; readonly to: number; readonly gapMs: number },
): HistoryPoint[] {
  const points: HistoryPoint[] = [];
  let seenUntil: number | null = null;
  for (const span of inOrder(spans)) {
    const begin = Math.max(span.at, time.from);
    const end = Math.min(span.until, time.to);
    if (begin > end) continue;
    const point = spanPoint(span, unit);
    points.push({ ...point, from: begin, at: begin, gapBefore: isGap(seenUntil, begin, time.gapMs) });
    if (end > begin) points.push({ ...point, from: end, at: end, gapBefore: false });
    seenUntil = end;
  }
  return points;
}

/** A point per bucket, at the last moment of which something is known. */
export function pointsOfBuckets(buckets: readonly Bucket[], gapMs: number): HistoryPoint[] {
  let seenUntil: number | null = null;
  return buckets.map(({ at: _, firstAt, lastAt, ...figures }) => {
    const gapBefore = isGap(seenUntil, firstAt, gapMs);
    seenUntil = lastAt;
    return { from: firstAt, at: lastAt, ...figures, gapBefore };
  });
}

function isGap(seenUntil: number | null, next: number, gapMs: number): boolean {
  return seenUntil !== null && next - seenUntil > gapMs;
}

function spanPoint(span: Span, unit: Unit): Omit<HistoryPoint, "from" | "at" | "gapBefore"> {
  const { remaining, used, limit } = span;
  const percent = percentLeft(span, unit);
  return {
    remaining,
    remainingMin: remaining,
    remainingMax: remaining,
    used,
    limit,
    percentLeft: percent,
    percentMin: percent,
    percentMax: percent,
  };
}
