import { type Meter, percentRemaining, resetsAt } from "../quota/meter.ts";
import type { LedgerEntry } from "./ledger.ts";

/** Servers compute reset times afresh, round them, and their clocks differ: within this a reset counts as the same. */
export const RESET_TOLERANCE_MS = 5 * 60_000;

/** After a reset, figures may be those of before for a moment. Until this has passed, a low figure of a new window is not believed. */
export const SETTLE_MS = 10 * 60_000;

/** A clear recovery within a window is believed when every reading for so long has shown it: figures may come late. */
export const CONFIRM_MS = 3 * 60_000;

/** A window resets earlier than it said when its end moved and so many points of percent came back. */
const EARLY_RESET_PERCENT = 20;
const FULL_PERCENT = 99.5;

/** What a meter tells of its window: when it ends, and how long it is (null: not known). */
export interface ToldWindow {
  readonly resetsAt: number | null;
  readonly lengthMs: number | null;
}

export function toldWindow(meter: Pick<Meter, "window">): ToldWindow {
  const { window } = meter;
  return { resetsAt: resetsAt(meter), lengthMs: window.kind === "rolling" ? window.lengthMs : null };
}

/**
 * Which instance of its window a meter is in, as seen from an entry of an earlier reading.
 * - same: the reset told is the one known, give or take; or it has drifted while the one known is still to come (rolling windows
 *   move their end with every use), or has moved so little that both windows overlap; or none is told while the one known is still
 *   to come.
 * - new: the one known has come, give or take, and a later one is told, or none.
 */
export function instanceOf(entry: Pick<LedgerEntry, "resetsAt">, told: ToldWindow, now: number): "same" | "new" {
  const at = told.resetsAt;
  if (entry.resetsAt === null) return "same";
  // A reset that is told only sometimes must not count as a new window.
  if (at === null) return entry.resetsAt > now ? "same" : "new";
  if (entry.resetsAt > now + RESET_TOLERANCE_MS || at - entry.resetsAt <= RESET_TOLERANCE_MS) return "same";
  // A window that began before the one known had ended is that one, with its end moved while nobody could look.
  const beganAt = told.lengthMs === null ? null : at - told.lengthMs;
  return beganAt !== null && beganAt < entry.resetsAt - RESET_TOLERANCE_MS ? "same" : "new";
}

/** Whether a window that ended then (null: not known) gave way so shortly ago that its figures may still be told. */
export function isUnsettled(endedAt: number | null, now: number): boolean {
  return endedAt !== null && now < endedAt + SETTLE_MS;
}

/** The window that a meter's readings told last, and when the one before it ended (null: not seen). */
export interface SeenWindow {
  readonly resetsAt: number | null;
  readonly endedAt: number | null;
}

/** What is known of a meter's windows after a further reading; the same object when nothing changed. */
export function seenWindow(known: SeenWindow, meter: Meter, now: number): SeenWindow {
  const at = resetsAt(meter);
  if (at === null || at === known.resetsAt) return known;
  return {
    resetsAt: at,
    endedAt: instanceOf(known, toldWindow(meter), now) === "new" ? known.resetsAt : known.endedAt,
  };
}

/** Whether the window looks reset before the time it told: its end moved on and the figures clearly came back. */
export function looksResetEarly(entry: LedgerEntry, meter: Meter): boolean {
  const at = resetsAt(meter);
  const percent = percentRemaining(meter);
  if (at === null || entry.resetsAt === null || at - entry.resetsAt <= RESET_TOLERANCE_MS) return false;
  if (typeof percent !== "number") return false;
  const before = entry.remaining === null ? "unknown" : percentRemaining({ ...meter, remaining: entry.remaining });
  return percent >= FULL_PERCENT || (typeof before === "number" && percent >= before + EARLY_RESET_PERCENT);
}

/**
 * The reset that an entry is known by from now on. It is followed as it drifts, but not for every bit of jitter: each change is a
 * write to disk.
 */
export function followedReset(entry: Pick<LedgerEntry, "resetsAt">, at: number | null, now: number): number | null {
  if (at === null) return entry.resetsAt;
  if (entry.resetsAt === null) return at;
  const worthIt = Math.max(RESET_TOLERANCE_MS / 2, (at - now) / 10);
  return Math.abs(at - entry.resetsAt) > worthIt ? at : entry.resetsAt;
}
