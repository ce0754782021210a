import type { Burn } from "./burn.ts";
import { dayPatternOf } from "./day-pattern.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What is expected to be used from a time on. Rates in units per millisecond. */
export interface Outlook {
  /** The time from which on it looks ahead. */
  readonly from: number;
  /** The usual rate of each hour of the day in UTC, and what the days of the week take of it (see `DayPattern`). */
  readonly byHour: readonly number[];
  readonly byWeekday: readonly number[];
  /** How much more is being used at present than usual at this hour; below 0 when less. Wears off … */
  readonly excess: number;
  /** … to 1/e in this time, milliseconds. */
  readonly persists: number;
}

/** How quickly recent use is forgotten in the present rate: to 1/e. */
const RECENT_MS = 25 * MINUTE;
/** What has gone on for a time, work or a pause, is expected to go on for this many times as long. */
const GOES_ON = 2;
const LEAST_PERSISTENCE_MS = 20 * MINUTE;
const MOST_PERSISTENCE_MS = 4 * HOUR;
/** Who looks this far ahead looks over nights: whole days are compared then. Below it, use fades with the window's own length. */
export const DAYS_MATTER_MS = 2 * DAY;

/** `horizonMs`: the length of the window, or how far ahead will be asked. */
export function outlookOf(burn: Burn, horizonMs: number): Outlook {
  const { stretches, knownUntil: from, step } = burn;
  const pattern = horizonMs < DAYS_MATTER_MS ? null : dayPatternOf(stretches, from);
  const usual = pattern === null ? fadingRate(burn, horizonMs) : null;
  const byHour = pattern?.byHour ?? new Array<number>(24).fill(usual ?? 0);
  const byWeekday = pattern?.byWeekday ?? EVEN_WEEK;
  const excess = fadingRate(burn, Math.max(RECENT_MS, 2 * step)) - usualRate(byHour, byWeekday, from);
  return { from, byHour, byWeekday, excess, persists: persistenceOf(burn) };
}

const EVEN_WEEK: readonly number[] = [1, 1, 1, 1, 1, 1, 1];

/** The mean rate, in which what was used `fadesIn` earlier counts 1/e as much. */
function fadingRate({ stretches, knownUntil }: Burn, fadesIn: number): number {
  let used = 0;
  let weights = 0;
  let later = 1;
  for (let index = stretches.length - 1; index >= 0 && later > FORGOTTEN; index -= 1) {
    const stretch = stretches[index];
    if (stretch === undefined) break;
    const end = Math.exp((stretch.to - knownUntil) / fadesIn);
    const start = Math.exp((stretch.from - knownUntil) / fadesIn);
    used += (stretch.used / (stretch.to - stretch.from)) * (end - start);
    weights += end - start;
    later = start;
  }
  return weights > 0 ? Math.max(0, used / weights) : 0;
}

const FORGOTTEN = 1e-4;

/** How long the present pause, or the present work, will shape what comes. */
function persistenceOf({ stretches, knownUntil, step }: Burn): number {
  const last = stretches.at(-1);
  const busy = last !== undefined && last.used > 0;
  let since = knownUntil;
  for (let index = stretches.length - 1; index >= 0; index -= 1) {
    const stretch = stretches[index];
    if (stretch === undefined || stretch.used > 0 !== busy) break;
    since = stretch.from;
    if ((knownUntil - since) * GOES_ON > MOST_PERSISTENCE_MS) break;
  }
  const persists = Math.max(LEAST_PERSISTENCE_MS, step, (knownUntil - since) * GOES_ON);
  return Math.min(MOST_PERSISTENCE_MS, persists);
}

/** When an amount will have been used from the outlook's beginning on, epoch milliseconds; null when not until `furthest`. */
export function usedUpAt(outlook: Outlook, amount: number, furthest: number): number | null {
  const perDay = usualPerHour(outlook) * 24;
  const wornOffAt = outlook.from + DAY;
  let left = amount;
  let at = outlook.from;
  while (at < furthest) {
    // What is unlike the usual at present has worn off: whole days can be taken at once.
    if (at >= wornOffAt && at % DAY === 0) {
      if (perDay <= 0) return null;
      const ofDay = perDay * (outlook.byWeekday[Math.floor(at / DAY) % 7] ?? 1);
      if (ofDay < left) {
        left -= ofDay;
        at += DAY;
        continue;
      }
    }
    const next = Math.min((Math.floor(at / HOUR) + 1) * HOUR, furthest);
    const used = expectedIn(outlook, at, next);
    if (used >= left) return timeOf(outlook, left, at, next);
    left -= used;
    at = next;
  }
  return null;
}

/** The usual use of an hour, day and night taken together. */
export function usualPerHour({ byHour }: Outlook): number {
  return (byHour.reduce((sum, rate) => sum + rate, 0) / byHour.length) * HOUR;
}

/** Within one hour. */
function expectedIn(outlook: Outlook, start: number, end: number): number {
  const { from, byHour, byWeekday, excess, persists } = outlook;
  const usual = usualRate(byHour, byWeekday, start) * (end - start);
  if (start - from > DAY) return usual;
  const worn = Math.exp((from - start) / persists) - Math.exp((from - end) / persists);
  return Math.max(0, usual + excess * persists * worn);
}

/** The time within a part of an hour at which so much of its use has come. */
function timeOf(outlook: Outlook, amount: number, start: number, end: number): number {
  let low = start;
  let high = end;
  while (high - low > 1000) {
    const middle = (low + high) / 2;
    if (expectedIn(outlook, start, middle) < amount) low = middle;
    else high = middle;
  }
  return high;
}

function usualRate(byHour: readonly number[], byWeekday: readonly number[], at: number): number {
  return (byHour[Math.floor(at / HOUR) % 24] ?? 0) * (byWeekday[Math.floor(at / DAY) % 7] ?? 1);
}
