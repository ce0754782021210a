import { isPastReset, type Meter } from "../quota/meter.ts";

/** What was left of a meter at a time. Epoch milliseconds; the meter's own unit (micros for money). */
export interface Sample {
  readonly at: number;
  readonly remaining: number;
}

/** Kept per meter; the oldest give way. */
const MOST_SAMPLES = 60;

/**
 * The samples of the present run of consumption with a new reading added. When more is left than before, a reset or a
 * top-up lies in between, and what was burnt before it says nothing about now: the run begins anew. A reading that does not
 * tell, or that is older than its own reset, leaves the samples as they are. Returns the same list when nothing changed.
 */
export function addSample(samples: readonly Sample[], meter: Meter, at: number): readonly Sample[] {
  const { remaining } = meter;
  if (typeof remaining !== "number" || isPastReset(meter, at)) return samples;
  const last = samples.at(-1);
  // A clock that was set back must not make time run backwards in the run.
  if (last !== undefined && (at <= last.at || remaining > last.remaining)) return [{ at, remaining }];
  return [...samples, { at, remaining }].slice(-MOST_SAMPLES);
}
