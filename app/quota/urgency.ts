import { isPastReset, type Meter, percentRemaining } from "./meter.ts";
import type { SourceState } from "./snapshot.ts";

/**
 * How much a source wants the user's eye, most first.
 * - used-up: a meter has nothing left.
 * - low: a meter is at or below the line.
 * - trouble: no true figures: failed, stale, waiting for a reset to show, or without a key.
 * - ok: every known meter is above the line, or something is left of a balance, which has no share to measure.
 * - unlimited: figures, but nothing that can run out.
 * - unknown: nothing read yet, or nothing told.
 * - paused: the user paused it.
 */
export type Urgency = "used-up" | "low" | "trouble" | "ok" | "unlimited" | "unknown" | "paused";

const ORDER: readonly Urgency[] = ["used-up", "low", "trouble", "ok", "unknown", "unlimited", "paused"];

/** A meter with a known share left. */
export interface MeasuredMeter {
  readonly meter: Meter;
  /** Percent left, not rounded; may be negative or above 100. */
  readonly percent: number;
}

/** The meter with the least share left, among those with a known share whose reset has not passed; null when there is none. */
export function tightestMeter(source: Pick<SourceState, "reading">, now: number): MeasuredMeter | null {
  let tightest: MeasuredMeter | null = null;
  for (const meter of source.reading?.meters ?? []) {
    if (isPastReset(meter, now)) continue;
    const percent = percentRemaining(meter);
    if (typeof percent !== "number") continue;
    if (tightest === null || percent < tightest.percent) tightest = { meter, percent };
  }
  return tightest;
}

/** How urgent one source is. A stale figure still counts: being low and stale is not less urgent than low. */
export function urgencyOf(source: SourceState, now: number): Urgency {
  if (source.status.state === "paused") return "paused";
  const tightest = tightestMeter(source, now);
  if (tightest !== null) {
    if (tightest.percent <= 0) return "used-up";
    if (tightest.percent <= source.linePercent) return "low";
  }
  switch (source.status.state) {
    case "failed":
      // A gateway that answers "used up" instead of figures has told the one thing that matters.
      return source.status.failure.cause === "quota-used-up" ? "used-up" : "trouble";
    case "stale":
    case "needs-key":
    case "awaiting-reset":
      return "trouble";
    case "loading":
      return "unknown";
    case "fresh":
      break;
  }
  if (tightest !== null) return "ok";
  const meters = source.reading?.meters ?? [];
  if (meters.some(({ remaining }) => typeof remaining === "number" && remaining > 0)) return "ok";
  return meters.some((meter) => percentRemaining(meter) === "unlimited") ? "unlimited" : "unknown";
}

/** Sources by urgency, then by the share left, then in the user's own order. Returns a new array. */
export function sortByUrgency(sources: readonly SourceState[], now: number): SourceState[] {
  return sources
    .map((source, index) => ({
      source,
      index,
      rank: ORDER.indexOf(urgencyOf(source, now)),
      percent: tightestMeter(source, now)?.percent ?? Number.POSITIVE_INFINITY,
    }))
    .sort((a, b) => a.rank - b.rank || compare(a.percent, b.percent) || a.index - b.index)
    .map(({ source }) => source);
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
