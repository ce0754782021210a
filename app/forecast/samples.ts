import { isPastReset, type Meter, refillsAt, resetsAt } from "../quota/meter.ts";

/** What a meter told at a time. Epoch milliseconds; amounts in the meter's own unit (micros for money). */
export interface Figures {
  readonly at: number;
  readonly remaining: number;
  /** Null where there is no limit, or none is told. */
  readonly limit: number | null;
  /** Null where nothing resets, or the time is not told. */
  readonly resetsAt: number | null;
}

/** Figures, with what has been used since the first that is kept. */
export interface Sample extends Figures {
  /** What came back at a reset or was topped up is neither use nor taken off it. Falls only where an earlier figure was corrected. */
  readonly burnt: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Kept per meter; above this, older ones are thinned out. */
export const MOST_SAMPLES = 128;
/** Two weeks, so that each weekday was seen twice, and a day to spare. */
const KEPT_MS = 15 * 24 * HOUR;
/** Samples that lie an age back need lie no closer to each other than this part of it … */
const AGE_PER_SPACING = 8;
/** … and no farther apart than this, so that the hours of a day can be told from each other. */
const WIDEST_SPACING_MS = 4 * HOUR;
/** Reset times of one window differ by this much from reading to reading: they are often worked out from a countdown. */
const RESET_JITTER_MS = 5 * MINUTE;
/** A rise back to a figure that was told this recently corrects the fall in between. */
const CORRECTED_MS = 30 * MINUTE;
const CORRECTED_SAMPLES = 3;

/**
 * The samples with a new reading added. They go on over resets and top-ups: who used a quota yesterday will likely use it so
 * today. A reading that does not tell what is left, that is older than its own reset, or of a limit that refills all the time leaves them as
 * they are. Returns the same list when nothing changed.
 */
export function addSample(samples: readonly Sample[], meter: Meter, at: number): readonly Sample[] {
  const { limit, remaining, unit } = meter;
  if (typeof remaining !== "number" || isPastReset(meter, at) || refillsAt(meter) !== null) return samples;
  const told = typeof limit === "number" ? limit : unit.kind === "percent" ? 100 : null;
  return withFigures(samples, { at, remaining, limit: told, resetsAt: resetsAt(meter) });
}

/** What is stored of a meter at a time; `remaining` is null where it was not told. */
export interface StoredFigures extends Omit<Figures, "remaining"> {
  readonly remaining: number | null;
}

/** The samples of what was stored of one meter, in any order: what `addSample` would have made of the readings themselves. */
export function seedSamples(stored: readonly StoredFigures[]): readonly Sample[] {
  let samples: readonly Sample[] = [];
  for (const { at, remaining, limit, resetsAt: reset } of stored.toSorted((a, b) => a.at - b.at)) {
    if (remaining === null || (reset !== null && reset <= at)) continue;
    samples = withFigures(samples, { at, remaining, limit, resetsAt: reset });
  }
  return samples;
}

/** The first sample of the window that the last one lies in; of all, where nothing resets or no reset was told. Undefined for none. */
export function firstOfWindow(samples: readonly Sample[]): Sample | undefined {
  let first = samples.at(-1);
  for (let index = samples.length - 2; index >= 0; index -= 1) {
    const before = samples[index];
    if (before === undefined || first === undefined || isNewWindow(before, first, isUnexplained(before, first))) break;
    first = before;
  }
  return first;
}

/** The figure changed otherwise than by use: a reset, a top-up or another limit. What was used in between is not known. */
export function isUnexplained(before: Sample, next: Sample): boolean {
  return before.burnt === next.burnt && before.remaining !== next.remaining;
}

function withFigures(samples: readonly Sample[], next: Figures): readonly Sample[] {
  const last = samples.at(-1);
  if (last === undefined) return [{ ...next, burnt: 0 }];
  // The clock was set back: what it told of a time to come is not known to be true.
  if (next.at <= last.at)
    return withFigures(
      samples.filter(({ at }) => at < next.at),
      next,
    );
  const burnt = last.burnt + usedBetween(samples, last, next);
  return thinned([...samples, { ...next, burnt }]);
}

function usedBetween(samples: readonly Sample[], last: Sample, next: Figures): number {
  // A limit that was lowered is not use, and one that was raised hides none.
  const raised = next.limit === null || last.limit === null ? 0 : next.limit - last.limit;
  const fallen = last.remaining + raised - next.remaining;
  const corrects = fallen < 0 && isCorrection(samples, next, last.burnt + fallen);
  if (isNewWindow(last, next, fallen < 0 && !corrects)) return 0;
  return corrects ? fallen : Math.max(0, fallen);
}

function isNewWindow(last: Figures, next: Figures, rose: boolean): boolean {
  if (last.resetsAt === null) return false;
  if (last.resetsAt <= next.at) return true;
  return rose && next.resetsAt !== null && next.resetsAt - last.resetsAt > RESET_JITTER_MS;
}

/**
 * Gateways with several replicas tell 50, 48, 50, 48: counted as top-ups, that would be a use of 2 each time. `burnt` is what would have
 * been used then: less than at the figure it goes back to would mean that something came back in between.
 */
function isCorrection(samples: readonly Sample[], next: Figures, burnt: number): boolean {
  for (let index = Math.max(0, samples.length - CORRECTED_SAMPLES); index < samples.length; index += 1) {
    const sample = samples[index];
    if (sample === undefined || next.at - sample.at > CORRECTED_MS) continue;
    if (next.remaining <= sample.remaining && burnt >= sample.burnt) return true;
  }
  return false;
}

/** Fewer of the older samples: what was used between those that stay is told by them as before. */
function thinned(samples: readonly Sample[]): readonly Sample[] {
  const last = samples.at(-1);
  if (last === undefined || samples.length <= MOST_SAMPLES) return samples;
  const kept: Sample[] = [];
  for (const [index, sample] of samples.entries()) {
    if (last.at - sample.at > KEPT_MS) continue;
    const before = kept.at(-1);
    const after = samples[index + 1];
    if (before === undefined || after === undefined || !isDispensable(before, sample, after, last.at))
      kept.push(sample);
  }
  return kept.slice(-MOST_SAMPLES);
}

function isDispensable(before: Sample, sample: Sample, after: Sample, now: number): boolean {
  // What is not known must not grow.
  if (isUnexplained(before, sample) || isUnexplained(sample, after)) return false;
  if (before.burnt === sample.burnt && sample.burnt === after.burnt) return now - sample.at > HOUR;
  return after.at - before.at <= Math.min(WIDEST_SPACING_MS, (now - sample.at) / AGE_PER_SPACING);
}
