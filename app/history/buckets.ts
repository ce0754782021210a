import type { Unit } from "../quota/meter.ts";
import { percentLeft } from "./percent-left.ts";
import type { Span } from "./span.ts";

/**
 * A roll-up: what a meter said in the hour or day that begins at `at`. `firstAt` and `lastAt` are the first and last moment in it
 * at which something is known; the figures without Min and Max are those of `lastAt`. Null: not told.
 */
export interface Bucket {
  readonly at: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly remaining: number | null;
  readonly remainingMin: number | null;
  readonly remainingMax: number | null;
  readonly used: number | null;
  readonly limit: number | null;
  readonly percentLeft: number | null;
  readonly percentMin: number | null;
  readonly percentMax: number | null;
}

/**
 * Rolls spans (in any order) up into buckets of `sizeMs`, aligned to UTC, oldest first. Only what lies in [from, to) counts;
 * a time of which nothing is known has no bucket.
 */
export function bucketsOf(
  spans: readonly Span[],
  unit: Unit,
  time: { readonly from: number; readonly to: number; readonly sizeMs: number },
): Bucket[] {
  const { from, to, sizeMs } = time;
  const pieces: Bucket[] = [];
  for (const span of inOrder(spans)) {
    const percent = percentLeft(span, unit);
    const until = Math.min(span.until, to - 1);
    for (let firstAt = Math.max(span.at, from); firstAt <= until; ) {
      const at = Math.floor(firstAt / sizeMs) * sizeMs;
      pieces.push({
        at,
        firstAt,
        lastAt: Math.min(until, at + sizeMs - 1),
        remaining: span.remaining,
        remainingMin: span.remaining,
        remainingMax: span.remaining,
        used: span.used,
        limit: span.limit,
        percentLeft: percent,
        percentMin: percent,
        percentMax: percent,
      });
      firstAt = at + sizeMs;
    }
  }
  return mergeBuckets(pieces, sizeMs);
}

/** Puts buckets, in their order, together into larger ones of `sizeMs`. */
export function mergeBuckets(buckets: readonly Bucket[], sizeMs: number): Bucket[] {
  const merged = new Map<number, Bucket>();
  for (const bucket of buckets) {
    const at = Math.floor(bucket.at / sizeMs) * sizeMs;
    const before = merged.get(at);
    merged.set(at, before === undefined ? { ...bucket, at } : join(before, bucket));
  }
  return [...merged.values()].sort((a, b) => a.at - b.at);
}

/** Of two parts of one bucket, the later of which has the last word. */
function join(a: Bucket, b: Bucket): Bucket {
  const last = b.lastAt >= a.lastAt ? b : a;
  return {
    ...last,
    at: a.at,
    firstAt: Math.min(a.firstAt, b.firstAt),
    remainingMin: least(a.remainingMin, b.remainingMin),
    remainingMax: most(a.remainingMax, b.remainingMax),
    percentMin: least(a.percentMin, b.percentMin),
    percentMax: most(a.percentMax, b.percentMax),
  };
}

/** By their begin, none reaching into the next: after a clock was set back, spans may overlap, and the later word counts. */
export function inOrder(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.at - b.at);
  return sorted.map((span, index) => {
    const next = sorted[index + 1];
    return next === undefined || span.until < next.at ? span : { ...span, until: Math.max(span.at, next.at - 1) };
  });
}

function least(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

function most(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
