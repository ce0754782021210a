import type { Stretch } from "./burn.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How use is spread over days and weeks. Hours and days are those of UTC: whoever sleeps at night does so at the same hours of it. */
export interface DayPattern {
  /** Mean rate of each hour of the day, in units per millisecond. */
  readonly byHour: readonly number[];
  /** What each day of the week takes of that, around 1; the first is the weekday of the epoch. */
  readonly byWeekday: readonly number[];
}

/** Older use says nothing any more. Two of each weekday. */
const MOST_DAYS = 14;
/** From so many days on, days of the week can be told from each other. */
const WEEKDAYS_FROM = 7;
/** Each day counts a tenth less than the one after it: old habits fade, and one busy day does not make one. */
const DAY_FADES_TO = 0.9;
/** So much of even use is mixed in: what was watched once says half of what all of it says. */
const EVEN_HOURS_MS = HOUR;
const EVEN_DAYS_MS = DAY;

const HOURS = 24;
const DAYS = MOST_DAYS + 2;

/** The pattern of the last whole days; null where less than one was watched. */
export function dayPatternOf(stretches: readonly Stretch[], until: number): DayPattern | null {
  const days = Math.min(MOST_DAYS, Math.floor((until - (stretches[0]?.from ?? until)) / DAY));
  if (days < 1) return null;
  const table = tabulate(stretches, until - days * DAY, until);
  const shape = shapeOf(table);
  const today = Math.floor(until / DAY);
  // By age in days: what was used, and how much of a mean day was watched, in milliseconds of it.
  const used = new Array<number>(DAYS).fill(0);
  const expected = new Array<number>(DAYS).fill(0);
  for (let cell = 0; cell < table.used.length; cell += 1) {
    const age = Math.floor(cell / HOURS);
    used[age] = (used[age] ?? 0) + (table.used[cell] ?? 0);
    expected[age] = (expected[age] ?? 0) + (table.watched[cell] ?? 0) * (shape[cell % HOURS] ?? 1);
  }
  const byWeekday = days < WEEKDAYS_FROM ? EVEN_WEEK : weekdaysOf(used, expected, today);
  let weighted = 0;
  let weights = 0;
  let weight = 1;
  for (let age = 0; age < DAYS; age += 1, weight *= DAY_FADES_TO) {
    weighted += weight * (used[age] ?? 0);
    weights += weight * (expected[age] ?? 0) * (byWeekday[(today - age) % 7] ?? 1);
  }
  const level = weights > 0 ? Math.max(0, weighted / weights) : 0;
  return { byHour: shape.map((share) => share * level), byWeekday };
}

const EVEN_WEEK: readonly number[] = [1, 1, 1, 1, 1, 1, 1];

/** What was used, and for how long was watched, in each hour of each day; a day's age times 24 plus the hour. */
interface Table {
  readonly used: Float64Array;
  readonly watched: Float64Array;
}

function tabulate(stretches: readonly Stretch[], since: number, until: number): Table {
  const used = new Float64Array(DAYS * HOURS);
  const watched = new Float64Array(DAYS * HOURS);
  const lastCell = (Math.floor(until / DAY) + 1) * HOURS;
  for (let index = stretches.length - 1; index >= 0; index -= 1) {
    const stretch = stretches[index];
    if (stretch === undefined || stretch.to <= since) break;
    const rate = stretch.used / (stretch.to - stretch.from);
    for (let at = Math.max(stretch.from, since); at < stretch.to; ) {
      const hour = Math.floor(at / HOUR);
      const next = Math.min((hour + 1) * HOUR, stretch.to);
      // Days count backwards from today, hours forwards within them.
      const cell = lastCell - HOURS - Math.floor(hour / HOURS) * HOURS + (hour % HOURS);
      used[cell] = (used[cell] ?? 0) + rate * (next - at);
      watched[cell] = (watched[cell] ?? 0) + (next - at);
      at = next;
    }
  }
  return { used, watched };
}

/** What each hour of the day takes, around 1. */
function shapeOf(table: Table): number[] {
  const used = new Array<number>(HOURS).fill(0);
  const watched = new Array<number>(HOURS).fill(0);
  let allUsed = 0;
  let allWatched = 0;
  for (let cell = 0; cell < table.used.length; cell += 1) {
    const hour = cell % HOURS;
    used[hour] = (used[hour] ?? 0) + (table.used[cell] ?? 0);
    watched[hour] = (watched[hour] ?? 0) + (table.watched[cell] ?? 0);
    allUsed += table.used[cell] ?? 0;
    allWatched += table.watched[cell] ?? 0;
  }
  const mean = allWatched > 0 ? Math.max(0, allUsed / allWatched) : 0;
  return aroundOne(
    used.map((amount, hour) => (amount + mean * EVEN_HOURS_MS) / ((watched[hour] ?? 0) + EVEN_HOURS_MS)),
  );
}

function weekdaysOf(used: readonly number[], expected: readonly number[], today: number): readonly number[] {
  const allUsed = used.reduce((sum, amount) => sum + amount, 0);
  const allExpected = expected.reduce((sum, time) => sum + time, 0);
  const mean = allExpected > 0 ? Math.max(0, allUsed / allExpected) : 0;
  const usedOn = new Array<number>(7).fill(mean * EVEN_DAYS_MS);
  const expectedOn = new Array<number>(7).fill(EVEN_DAYS_MS);
  for (let age = 0; age < DAYS; age += 1) {
    const day = (today - age) % 7;
    usedOn[day] = (usedOn[day] ?? 0) + (used[age] ?? 0);
    expectedOn[day] = (expectedOn[day] ?? 0) + (expected[age] ?? 0);
  }
  return aroundOne(usedOn.map((amount, day) => amount / (expectedOn[day] ?? 1)));
}

/** Scaled to a mean of 1; corrections of figures must not make an hour give something back. */
function aroundOne(values: readonly number[]): number[] {
  const positive = values.map((value) => Math.max(0, value));
  const mean = positive.reduce((sum, value) => sum + value, 0) / positive.length;
  return positive.map((value) => (mean > 0 ? value / mean : 1));
}
