import { type Meter, resetsAt } from "../quota/meter.ts";

/** Two resets of a meter nearer to each other than this are taken for one: a gateway's own clock wobbles, and tiny windows refill. */
const SAME_RESET_MS = 10 * 60_000;

/** A reset of a meter that has passed, and how many polls have been made for it since. */
interface PassedReset {
  readonly at: number;
  readonly polls: number;
}

/** By meter id, the meters whose last reset is so recent that it may still have to be read. */
export type ResetWatch = ReadonlyMap<string, PassedReset>;

export const NOTHING_PASSED: ResetWatch = new Map();

/**
 * What is remembered of resets after a reading at `now`. `before` are the meters of the reading before it. A meter that goes on
 * showing a reset in the past, or that resets again within ten minutes, counts up, so that what waits for it can become patient.
 */
export function watchResets(
  watch: ResetWatch,
  before: readonly Meter[],
  after: readonly Meter[],
  now: number,
): ResetWatch {
  const next = new Map<string, PassedReset>();
  for (const meter of after) {
    const at = resetsAt(meter);
    if (at === null) continue;
    const known = watch.get(meter.id) ?? null;
    const passed = at <= now ? at : passedBefore(before, meter.id, now);
    if (known !== null && Math.abs(at - known.at) < SAME_RESET_MS)
      next.set(meter.id, { ...known, polls: known.polls + 1 });
    else if (passed !== null && (at <= now || at - passed < SAME_RESET_MS))
      next.set(meter.id, { at: passed, polls: 1 });
  }
  return next.size === 0 ? NOTHING_PASSED : next;
}

function passedBefore(before: readonly Meter[], id: string, now: number): number | null {
  const meter = before.find((candidate) => candidate.id === id);
  const at = meter === undefined ? null : resetsAt(meter);
  return at !== null && at <= now ? at : null;
}

/** A reset that is worth a poll: when it is, and how many polls have been made for it, or for one just before it. */
export interface WantedReset {
  readonly at: number;
  readonly polls: number;
}

/** The resets of these meters that a poll should follow, those that have passed and are not read yet among them; soonest first. */
export function wantedResets(watch: ResetWatch, meters: readonly Meter[]): readonly WantedReset[] {
  return meters
    .flatMap((meter) => {
      const at = resetsAt(meter);
      return at === null ? [] : [{ at, polls: watch.get(meter.id)?.polls ?? 0 }];
    })
    .sort((a, b) => a.at - b.at);
}
