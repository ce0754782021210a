import type { MeterSample } from "./sample.ts";

/**
 * A time in which a meter said the same each time it was asked: from `at` to `until`, epoch milliseconds. Figures in the
 * meter's unit, null where they were not told. This is the row that history keeps.
 */
export interface Span {
  readonly at: number;
  readonly until: number;
  readonly remaining: number | null;
  readonly used: number | null;
  readonly limit: number | null;
  /** As it was told last: it may drift with the clock without being another. */
  readonly resetsAt: number | null;
}

/** Gateways that count in seconds, or that work the time out anew for each answer, tell it a little differently each time. */
export const RESET_TOLERANCE_MS = 2 * 60_000;

/**
 * What a sample makes of what is known: it confirms the span (`same`: the returned one instead of it), or it begins another
 * (`changed`). A silence of more than `gapMs`, a clock that was set back, another figure or another reset begins another.
 */
export function nextSpan(
  last: Span | null,
  sample: Pick<MeterSample, "at" | "remaining" | "used" | "limit" | "resetsAt">,
  gapMs: number,
): { readonly type: "same" | "changed"; readonly span: Span } {
  const { at, remaining, used, limit } = sample;
  const isSame =
    last !== null &&
    at >= last.until &&
    at - last.until <= gapMs &&
    remaining === last.remaining &&
    used === last.used &&
    limit === last.limit &&
    !isOtherReset(last.resetsAt, sample.resetsAt, at - last.until);
  if (!isSame) return { type: "changed", span: { at, until: at, remaining, used, limit, resetsAt: sample.resetsAt } };
  // A gateway that leaves the time out now and then has not taken it back.
  return { type: "same", span: { ...last, until: at, resetsAt: sample.resetsAt ?? last.resetsAt } };
}

/** Whether a reset time that was told is another one: it moved by more than jitter, and by more than time itself did. */
function isOtherReset(before: number | null, after: number | null, elapsedMs: number): boolean {
  if (before === null || after === null) return false;
  // A window that begins with its first use resets "five hours from now" as long as nothing is used.
  return after < before - RESET_TOLERANCE_MS || after > before + elapsedMs + RESET_TOLERANCE_MS;
}
