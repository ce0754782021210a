import type { SourceState } from "../../app/quota/snapshot.ts";

/** Two asked-for polls of one source are a few seconds apart: one that was polled just now is polled again after that pause. */
const SOON_MS = 5_000;

/**
 * Whether a poll of a source is worth waiting for. Without `fresh` only the first of all is; with it one that is under way or about
 * to begin is, but not one that is held back for longer (the server asked to wait). `now` is in epoch milliseconds.
 */
export function isStillPolling(source: SourceState, fresh: boolean, now: number): boolean {
  const { state } = source.status;
  if (state === "paused" || (!fresh && state !== "loading")) return false;
  return source.polling || (source.nextDueAt !== null && source.nextDueAt <= now + SOON_MS);
}
