/** Readings have to show a recovery for so long before it counts. */
const CONFIRM_MS = 3 * 60_000;

/** What is known of one rule with steps ("20, 10, 5, 0 %") for one meter in one instance of its window. World time. */
export interface StepWatch {
  /** The lowest step that was told, raised as the value recovers; null when none counts any more. */
  told: number | null;
  toldAt: number;
  /** The lowest step that nobody is to hear of, since it was crossed while all was silent. */
  silent: number | null;
  /** The lowest step that may have been crossed while all was silent, or not: nothing is asked of it. */
  doubtful: number | null;
  /** Since when each reading has shown a recovery above what was told. */
  clearSince: number | null;
  clearReadings: number;
  /** By step: since when each reading has shown that it is crossed, and how many did. */
  readonly crossed: Map<number, { since: number; readings: number }>;
}

/** `before`: of an instance that may or may not be the same. */
export function newStepWatch(before?: StepWatch): StepWatch {
  return {
    told: null,
    toldAt: Number.NEGATIVE_INFINITY,
    silent: null,
    doubtful: before === undefined ? null : lowest(lowest(before.told, before.silent), before.doubtful),
    clearSince: null,
    clearReadings: 0,
    crossed: new Map(),
  };
}

/** How a rule sees a value: steps with the highest first, when one is crossed, and from where on it may be told again. */
export interface Steps {
  readonly steps: readonly number[];
  readonly isCrossed: (value: number, step: number) => boolean;
  readonly rearmsAt: (step: number) => number;
}

export const percentSteps = (thresholds: readonly number[]): Steps => ({
  steps: thresholds,
  isCrossed: (value, step) => value <= step,
  rearmsAt: (step) => step + 5,
});

export const amountSteps = (belows: readonly number[]): Steps => ({
  steps: belows,
  isCrossed: (value, step) => value < step,
  rearmsAt: (step) => step * 1.25,
});

/** Takes note of a value that a reading showed. */
export function noteValue(watch: StepWatch, value: number, rule: Steps, time: number): void {
  for (const step of watch.crossed.keys()) {
    if (!rule.steps.includes(step) || !rule.isCrossed(value, step)) watch.crossed.delete(step);
  }
  for (const step of rule.steps) {
    if (!rule.isCrossed(value, step)) continue;
    const known = watch.crossed.get(step);
    if (known === undefined) watch.crossed.set(step, { since: time, readings: 1 });
    else known.readings += 1;
  }
  const counts = lowest(lowest(watch.told, watch.silent), watch.doubtful);
  if (counts === null || value < rule.rearmsAt(counts)) {
    watch.clearSince = null;
    watch.clearReadings = 0;
    return;
  }
  watch.clearSince ??= time;
  watch.clearReadings += 1;
  if (time - watch.clearSince < CONFIRM_MS || watch.clearReadings < 2) return;
  watch.told = raised(watch.told, value, rule);
  watch.silent = raised(watch.silent, value, rule);
  watch.doubtful = raised(watch.doubtful, value, rule);
  watch.clearSince = null;
  watch.clearReadings = 0;
}

/** The lowest step from `level` on that the value has not clearly left behind. */
function raised(level: number | null, value: number, { steps, rearmsAt }: Steps): number | null {
  if (level === null) return null;
  const still = steps.filter((step) => step >= level && value < rearmsAt(step));
  if (still.length > 0) return Math.min(...still);
  return value < rearmsAt(level) ? level : null;
}

export function lowest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
