const MINUTE = 60_000;

/** Shorter silences are ordinary: a slow answer, a retry, a computer on battery. */
const LEAST_GAP_MS = 30 * MINUTE;
/** On battery with nobody there a source is read four times as seldom; two such readings must be missing. */
const MISSED_INTERVALS = 9;

/** How long nothing may be heard of a meter, polled at this interval, before what lies in between is not known. */
export function gapLimit(intervalMs: number): number {
  return Math.max(LEAST_GAP_MS, MISSED_INTERVALS * intervalMs);
}
