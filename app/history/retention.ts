const DAY = 24 * 3_600_000;

/**
 * How long each kind of row is kept: figures as they were read a little longer than the week that is looked at closely, hours
 * a little longer than the quarter, days for two years.
 */
export const RETENTION_MS = { samples: 8 * DAY, hours: 100 * DAY, marks: 100 * DAY, days: 2 * 366 * DAY } as const;
export const ALERT_LOG_RETENTION_MS = 90 * DAY;
export const MOST_LOGGED_ALERTS = 1_000;

/** What the file may grow to before the oldest rows go early: those as they were read first, then hours, then days. */
export const MOST_BYTES = 64 * 2 ** 20;

/** How many hours of figures must stand behind a time before anything is deleted because of it. */
const HOURS_TO_BELIEVE = 3;

/**
 * The time that ages are counted from: where the newest hours that have figures begin, the third of them at most. A clock that stood in the
 * future for a moment then deletes nothing. Null where too little is known to delete anything.
 *
 * `newestHours`: begins of hours with figures, newest first.
 */
export function ageReference(newestHours: readonly number[], now: number): number | null {
  const believed = newestHours[HOURS_TO_BELIEVE - 1];
  return believed === undefined ? null : Math.min(believed, now);
}
