import { RESOLUTION_MS } from "./resolution.ts";
import type { WindowKind } from "./sample.ts";
import type { HistoryMark, Resolution } from "./series.ts";
import { RESET_TOLERANCE_MS, type Span } from "./span.ts";

/** A rise by less than this share of what was there is a refund or a late correction, not a payment. */
const LEAST_TOP_UP_SHARE = 0.01;
/** Where no reset time is told: so much of what was used comes back at once only in a reset. */
const RESET_SHARE = 0.5;

/** What happened between two spans that follow each other, both with figures; null where it was mere use, or cannot be told. */
export function markBetween(before: Span, after: Span, windowKind: WindowKind): HistoryMark | null {
  if (windowKind === "refill") return null;
  const gained = difference(after.remaining, before.remaining);
  const hasReset = windowKind !== "balance" && windowKind !== "lifetime";
  const resetAt = hasReset ? resetBetween(before, after, gained) : null;
  if (resetAt !== null) return { at: resetAt, type: "reset", gained };
  return isTopUp(before, after, gained, hasReset) ? { at: after.at, type: "top-up", gained } : null;
}

function resetBetween(before: Span, after: Span, gained: number | null): number | null {
  if (before.resetsAt !== null && after.resetsAt !== null) {
    const moved = after.resetsAt - before.resetsAt;
    if (moved <= RESET_TOLERANCE_MS) return null;
    if (before.resetsAt <= after.at + RESET_TOLERANCE_MS) {
      return Math.min(Math.max(before.resetsAt, before.until), after.at);
    }
    // Before its time, as a favour of the service: then something came back with the new window.
    const elapsed = after.at - before.until;
    return moved > elapsed + RESET_TOLERANCE_MS && gained !== null && gained > 0 ? after.at : null;
  }
  const usedBefore = usedOf(before);
  const usedAfter = usedOf(after);
  if (usedBefore === null || usedAfter === null || usedBefore <= 0) return null;
  return before.limit === after.limit && usedBefore - usedAfter >= usedBefore * RESET_SHARE ? after.at : null;
}

function isTopUp(before: Span, after: Span, gained: number | null, hasReset: boolean): boolean {
  if (gained === null || gained <= 0) return false;
  const limitGrew = (difference(after.limit, before.limit) ?? 0) > 0;
  if (hasReset) return limitGrew;
  return limitGrew || gained >= Math.abs(before.remaining ?? 0) * LEAST_TOP_UP_SHARE;
}

/** What was used, as told or from what is left of the limit. */
function usedOf({ used, limit, remaining }: Span): number | null {
  return used ?? difference(limit, remaining);
}

function difference(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

/**
 * The marks that a view of this resolution can show: of resets that follow each other more closely than its points, as those
 * of a five-hour window do in a view by days, none.
 */
export function marksFor(marks: readonly HistoryMark[], resolution: Resolution): HistoryMark[] {
  const step = RESOLUTION_MS[resolution];
  if (step === 0) return [...marks];
  const resets = new Map<number, number>();
  for (const { at, type } of marks) {
    if (type === "reset") resets.set(Math.floor(at / step), (resets.get(Math.floor(at / step)) ?? 0) + 1);
  }
  return marks.filter(({ at, type }) => type === "top-up" || resets.get(Math.floor(at / step)) === 1);
}
