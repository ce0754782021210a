import { isUnexplained, type Sample } from "./samples.ts";

/** Even use between two times. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** In the meter's unit. Below 0 where a figure was corrected. */
  readonly used: number;
}

/** What was used when, as far as a meter's figures tell. */
export interface Burn {
  /** Oldest first, none empty. Time of which nothing is known, or in which nothing was left to use, lies in none. */
  readonly stretches: readonly Stretch[];
  /** The time that the last figure is true of: figures that come in steps are as old as their step. */
  readonly knownUntil: number;
  /** How far apart changes of the figure have been of late: what a figure's time is uncertain by. */
  readonly step: number;
}

/** So many changes tell how far apart they come. */
const RECENT_CHANGES = 8;

/**
 * What was used when. A figure that falls tells that something was used since it last fell, not when: gateways tell late and in
 * steps, and whole percent move seldom. So what it fell by is spread over the usual time between two falls, and the time before that
 * was idle. `earlier`: what was used of a window before its first sample.
 */
export function burnOf(samples: readonly Sample[], earlier: Stretch | null): Burn {
  const step = usualStep(samples);
  const stretches: Stretch[] = [];
  let knownUntil = samples[0]?.at ?? 0;
  let previous: Sample | null = null;
  const add = (from: number, to: number, used: number): void => {
    if (to > from) stretches.push({ from, to, used });
    knownUntil = Math.max(knownUntil, to);
  };
  for (const sample of samples) {
    if (previous === null || isUnexplained(previous, sample)) {
      // Idle until it was seen last.
      if (previous !== null) add(knownUntil, previous.at, 0);
      if (earlier?.to === sample.at)
        add(Math.max(earlier.from, previous?.at ?? earlier.from), earlier.to, earlier.used);
      knownUntil = sample.at;
    } else if (previous.remaining <= 0 || sample.remaining <= 0) {
      // Nobody could use what was not there, and how much more was wanted is not told.
      knownUntil = sample.at;
    } else if (sample.burnt !== previous.burnt) {
      const spread = Math.max(step, sample.at - previous.at);
      const from = Math.max(knownUntil, sample.at - spread);
      add(knownUntil, from, 0);
      add(from, sample.at, sample.burnt - previous.burnt);
    }
    previous = sample;
  }
  // Unmoved for longer than usual: nothing was used, up to the last step, of which nothing is known yet.
  add(knownUntil, (previous?.at ?? 0) - step, 0);
  return { stretches, knownUntil, step };
}

/** The median of the last times between two changes; 0 where there were none. */
function usualStep(samples: readonly Sample[]): number {
  const times: number[] = [];
  let changedAt: number | null = null;
  for (let index = samples.length - 1; index > 0 && times.length < RECENT_CHANGES; index -= 1) {
    const sample = samples[index];
    if (sample === undefined || sample.burnt === samples[index - 1]?.burnt) continue;
    if (changedAt !== null) times.push(changedAt - sample.at);
    changedAt = sample.at;
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1] ?? 0;
}
