import type { Failure, MissingKey } from "../quota/failure.ts";
import { isPastReset, type Meter, percentRemaining, resetsAt } from "../quota/meter.ts";
import type { DueReason } from "./due-reason.ts";

/** What is known of a source when its next poll is decided. Times in epoch milliseconds. */
export interface RefreshFacts {
  readonly now: number;
  /** What the last poll found; null before the first. */
  readonly last:
    | { readonly type: "reading"; readonly meters: readonly Meter[] }
    | { readonly type: "failure"; readonly failure: Failure; readonly consecutive: number }
    | { readonly type: "needs-key"; readonly reason: MissingKey }
    | null;
  readonly intervalMs: number;
  /** Nothing polls by itself faster than this: FLOOR_MS or the descriptor's own minimum. */
  readonly floorMs: number;
  /** The key lies in a file of a tool, which may put another one there at any moment. */
  readonly keyInFile: boolean;
  /** Percent left at or below which the source counts as low. */
  readonly linePercent: number;
  /** In [0, 1): spreads polls of many sources and many installations. */
  readonly chance: number;
}

export interface Due {
  readonly dueAt: number;
  readonly reason: DueReason;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The least time between two polls of a real source, whatever the settings or the descriptor say. */
export const FLOOR_MS = MINUTE;
/** After a reset the gateway gets a moment to show the new figures. */
const AFTER_RESET_MS = 5_000;
/** Within this many percent above the line a source counts as near it. */
const NEAR_LINE_PERCENT = 10;
const BACK_OFF_CAP_MS = HOUR;
/** A tool may sign in or renew its token at any moment, and looking at its file sends nothing. */
const IN_A_FILE: ReadonlySet<MissingKey> = new Set([
  "file-not-found",
  "file-not-readable",
  "file-not-json",
  "pointer-not-found",
  "expired-in-file",
]);

/**
 * When to poll next, and why. Pure; the scheduler only carries it out.
 * A server's wish to wait is a floor for every other rule.
 */
export function nextDue(facts: RefreshFacts): Due {
  const { last, now } = facts;
  if (last === null) return { dueAt: now, reason: "first-poll" };
  switch (last.type) {
    case "needs-key":
      return IN_A_FILE.has(last.reason)
        ? { dueAt: now + Math.max(facts.floorMs, jittered(facts.intervalMs, facts.chance)), reason: "interval" }
        : { dueAt: now + jittered(HOUR, facts.chance), reason: "needs-key" };
    case "failure":
      return afterFailure(last.failure, last.consecutive, facts);
    case "reading":
      return afterReading(last.meters, facts);
  }
}

function afterFailure(failure: Failure, consecutive: number, facts: RefreshFacts): Due {
  const { now, chance, floorMs: floor } = facts;
  if (failure.retryAt !== null && failure.retryAt > now) {
    const asked = failure.retryAt + chance * Math.min(10_000, (failure.retryAt - now) * 0.1);
    return { dueAt: Math.max(asked, now + floor), reason: "retry-after" };
  }
  if (failure.cause === "key-refused" || failure.cause === "key-lacks-permission") {
    // Looking for a renewed one costs the service nothing: one that was refused is not sent again so soon (refused-keys.ts).
    if (failure.cause === "key-refused" && facts.keyInFile) {
      return { dueAt: now + Math.max(jittered(facts.intervalMs, chance), floor), reason: "interval" };
    }
    return { dueAt: now + Math.max(jittered(HOUR, chance), floor), reason: "key-refused" };
  }
  // Exponential with full jitter above the floor, so that many clients of one gateway do not come back in step.
  const ceiling = Math.min(BACK_OFF_CAP_MS, floor * 2 ** Math.min(consecutive, 12));
  return { dueAt: now + floor + chance * Math.max(0, ceiling - floor), reason: "back-off" };
}

function afterReading(meters: readonly Meter[], facts: RefreshFacts): Due {
  const { now, linePercent, chance, floorMs: floor } = facts;
  const near = meters.some((meter) => {
    const percent = percentRemaining(meter);
    return typeof percent === "number" && percent <= linePercent + NEAR_LINE_PERCENT && !isPastReset(meter, now);
  });
  const base = near ? facts.intervalMs / 2 : facts.intervalMs;
  const regular = now + Math.max(floor, jittered(base, chance));
  const soonestReset = Math.min(
    ...meters.map((meter) => resetsAt(meter) ?? Number.POSITIVE_INFINITY).filter((at) => at > now),
  );
  const afterReset = soonestReset + AFTER_RESET_MS + chance * AFTER_RESET_MS;
  // Only when it comes sooner than the regular poll, and never below the floor.
  if (afterReset < regular) return { dueAt: Math.max(afterReset, now + floor), reason: "after-reset" };
  return { dueAt: regular, reason: near ? "near-line" : "interval" };
}

/** ± 10 %. */
function jittered(ms: number, chance: number): number {
  return ms * (0.9 + 0.2 * chance);
}
