import type { Burn, Stretch } from "./burn.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Use is compared between parts of time as long as this, … */
const PART_MS = 30 * MINUTE;
/** … and between days for what lasts longer than this, over nights. */
const OVER_NIGHT_MS = 12 * HOUR;
const MOST_PARTS = 24;
/** Until more parts were watched, they are taken to differ by this share of their mean, … */
const FIRST_GUESS = 0.9;
/** … which counts as much as one part. */
const GUESS_PARTS = 1;
/** As many parts as the rate rests on: older ones have faded from it. */
const BACKING_PARTS = 5;
/** Not even the steadiest use is known better than this. */
const LEAST_SPREAD = 0.02;
/** Standard deviations on either side, so that the range holds four of five; measured, since use is no bell curve. */
const DEVIATIONS = 1.5;
/** A range wider than this, as a factor, has no end that is worth telling. */
const WIDEST = 4;

/** Factors of the time until an amount is used up; `longest` is null where it has no end that is worth telling. */
export interface Range {
  readonly shortest: number;
  readonly longest: number | null;
}

/**
 * By how much the time until an amount is used up may be shorter or longer than estimated, for four of five.
 *
 * Use comes in clumps. As with any clumped arrivals, its relative variance is the size of a clump to the amount still to go, plus the
 * same to the amount that the rate was learned from. `overDays`: nights and weekends are part of the estimate.
 */
export function rangeOf(burn: Burn, remaining: number, lastsMs: number, overDays: boolean): Range {
  const factor = Math.exp(DEVIATIONS * spreadOf(burn, remaining, lastsMs, overDays));
  return factor > WIDEST ? { shortest: 1 / WIDEST, longest: null } : { shortest: 1 / factor, longest: factor };
}

/** The standard deviation of the logarithm of that time. */
function spreadOf(burn: Burn, remaining: number, lastsMs: number, overDays: boolean): number {
  const used = amountsPerPart(burn, overDays && lastsMs > OVER_NIGHT_MS ? DAY : Math.max(PART_MS, 2 * burn.step));
  const mean = used.reduce((sum, amount) => sum + amount, 0) / Math.max(1, used.length);
  if (!(mean > 0) || !(lastsMs > 0)) return Number.POSITIVE_INFINITY;
  const squares = used.reduce((sum, amount) => sum + (amount - mean) ** 2, 0);
  const guessed = GUESS_PARTS * (FIRST_GUESS * mean) ** 2;
  const variance = (squares + guessed) / (used.length - 1 + GUESS_PARTS);
  const clump = variance / mean;
  const backing = mean * Math.min(used.length, BACKING_PARTS);
  // A figure is as old as half its step, on average: that much the beginning is uncertain.
  const age = burn.step / 2 / Math.max(lastsMs, burn.step);
  return Math.sqrt(LEAST_SPREAD ** 2 + clump / remaining + clump / backing + age ** 2);
}

/** The use of the last parts of time, each as if it had been watched throughout; parts that were mostly not watched are left out. */
function amountsPerPart({ stretches, knownUntil }: Burn, length: number): number[] {
  const start = stretches[0]?.from ?? knownUntil;
  const count = Math.max(1, Math.min(MOST_PARTS, Math.floor((knownUntil - start) / length)));
  const used = new Array<number>(count).fill(0);
  const watched = new Array<number>(count).fill(0);
  for (let index = stretches.length - 1; index >= 0; index -= 1) {
    const stretch = stretches[index];
    if (stretch === undefined || knownUntil - stretch.to >= count * length) break;
    addTo(used, watched, stretch, knownUntil, length);
  }
  const least = Math.min(length, knownUntil - start) / 2;
  return used.flatMap((amount, part) => {
    const time = watched[part] ?? 0;
    return time > 0 && time >= least ? [(amount * length) / time] : [];
  });
}

function addTo(used: number[], watched: number[], stretch: Stretch, until: number, length: number): void {
  const rate = stretch.used / (stretch.to - stretch.from);
  const first = Math.floor((until - stretch.to) / length);
  const last = Math.min(used.length - 1, Math.floor((until - stretch.from) / length));
  for (let part = first; part <= last; part += 1) {
    const from = Math.max(stretch.from, until - (part + 1) * length);
    const to = Math.min(stretch.to, until - part * length);
    if (to <= from) continue;
    used[part] = (used[part] ?? 0) + rate * (to - from);
    watched[part] = (watched[part] ?? 0) + (to - from);
  }
}
