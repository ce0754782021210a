import { type Meter, resetsAt } from "../quota/meter.ts";
import type { SnoozeTarget } from "./desk.ts";
import type { Snooze } from "./ledger.ts";

/** Of one user's making there are a few; a file that says otherwise is not believed for more. */
const MOST_SNOOZES = 500;

/** Until when alerts of a meter (or, with `meterId` null, of the source itself) are snoozed: the latest of what covers them; else null. */
export function snoozedUntil(
  snoozes: readonly Snooze[],
  sourceId: string,
  meterId: string | null,
  now: number,
): number | null {
  let latest: number | null = null;
  for (const snooze of snoozes) {
    if (snooze.until <= now || !covers(snooze, sourceId, meterId)) continue;
    if (latest === null || snooze.until > latest) latest = snooze.until;
  }
  return latest;
}

function covers(snooze: SnoozeTarget, sourceId: string, meterId: string | null): boolean {
  if (snooze.sourceId === null) return true;
  return snooze.sourceId === sourceId && (snooze.meterId === null || snooze.meterId === meterId);
}

/** With a new snooze, which takes the place of one of the same target; those that are over go. */
export function withSnooze(snoozes: readonly Snooze[], added: Snooze, now: number): readonly Snooze[] {
  const others = snoozes.filter((snooze) => snooze.until > now && !isSameTarget(snooze, added));
  return [...others, added].slice(-MOST_SNOOZES);
}

/** Without the snooze of a target; the same list when there was none. */
export function withoutSnooze(snoozes: readonly Snooze[], target: SnoozeTarget): readonly Snooze[] {
  const kept = snoozes.filter((snooze) => !isSameTarget(snooze, target));
  return kept.length === snoozes.length ? snoozes : kept;
}

/** Without those that are over; the same list when none is. */
export function currentSnoozes(snoozes: readonly Snooze[], now: number): readonly Snooze[] {
  const kept = snoozes.filter(({ until }) => until > now);
  return kept.length === snoozes.length ? snoozes : kept;
}

function isSameTarget(a: SnoozeTarget, b: SnoozeTarget): boolean {
  return a.sourceId === b.sourceId && a.meterId === b.meterId;
}

/**
 * The reset that "until its reset" means: the meter's own; for a source the last of those that were warned of (`isWarned`), or
 * else its next one. Null where none is known.
 */
export function resetToAwait(
  meters: readonly Meter[],
  meterId: string | null,
  isWarned: (meterId: string) => boolean,
  now: number,
): number | null {
  const ahead = (of: readonly Meter[]): number[] =>
    of
      .map((meter) => resetsAt(meter))
      .filter((at) => at !== null && at > now)
      .map(Number);
  if (meterId !== null) return ahead(meters.filter(({ id }) => id === meterId))[0] ?? null;
  const warned = ahead(meters.filter(({ id }) => isWarned(id)));
  if (warned.length > 0) return Math.max(...warned);
  const all = ahead(meters);
  return all.length > 0 ? Math.min(...all) : null;
}
