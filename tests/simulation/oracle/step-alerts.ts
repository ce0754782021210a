import type { Alert } from "../../../app/alerts/alert.ts";
import { type Meter, percentRemaining } from "../../../app/quota/meter.ts";
import { clockTime } from "../trace.ts";
import type { Violations } from "../violations.ts";
import type { ToldMeter } from "../world/model-gateway.ts";
import type { HoldBacks } from "./hold-backs.ts";
import type { AppWatch, SourceWatch } from "./source-watch.ts";
import {
  amountSteps,
  lowest,
  newStepWatch,
  noteValue,
  percentSteps,
  type Steps,
  type StepWatch,
} from "./step-watch.ts";

export type StepRule = "percent-left" | "amount-left";

export interface MeterWatch {
  instance: number;
  /** When this instance was first read. */
  instanceAt: number;
  /** The reset that was told last, by the wall clock. */
  resetsAt: number | null;
  value: Record<StepRule, number | null>;
  readonly rules: Record<StepRule, StepWatch>;
}

/** Below how much of which currency to warn, in micros. */
export type AmountsLeft = Readonly<Record<string, readonly number[]>>;

/** Checks that each crossing which the answers show is told, once, and nothing else is. */
export interface StepAlertOracle {
  /** A reading arrived. */
  figuresCame(source: SourceWatch, wall: number, time: number): void;
  told(source: SourceWatch, alert: Alert, wall: number, time: number): void;
  /** A ledger that outlived a power cut says that it told: whether anybody heard. */
  mayHaveTold(source: string, meter: string, rule: StepRule, at: { level: number; firedAt: number }): "heard" | "lost";
  watchOf(source: string, meter: string): MeterWatch | undefined;
  /** Settings changed: crossings count from now on. */
  thresholdsChanged(source: string): void;
}

const MINUTE_MS = 60_000;
/** A crossing that each reading has shown for so long has to have been told, even right after a reset. */
const TOLD_WITHIN_MS = 15 * MINUTE_MS;
/** What quiet hours or a snooze held back is told so soon after their end at the latest (by the next reading). */
const AFTER_DELAY_MS = 10 * MINUTE_MS;
/** What is about to be told while a switch is turned may slip through. */
const SWITCH_MS = 10_000;
/** The ledger need not follow a window that slides more closely than to so much of its length. */
const SLACK_SHARE = 10;
const SHORT_WINDOW_MS = 30 * MINUTE_MS;
const SOON_MS = 60 * MINUTE_MS;

export function createStepAlertOracle(parts: {
  readonly sources: readonly SourceWatch[];
  readonly app: AppWatch;
  readonly holdBacks: HoldBacks;
  readonly amountsLeft: AmountsLeft;
  readonly violations: Violations;
}): StepAlertOracle {
  const { app, holdBacks, amountsLeft, violations } = parts;
  const meters = new Map<string, MeterWatch>();
  const twins = twinsOf(parts.sources);

  const keyOf = (source: string, meter: string): string => `${source} ${meter}`;
  const thresholdsOf = (source: SourceWatch): readonly number[] => source.thresholds ?? app.thresholds;

  const stepsOf = (source: SourceWatch, meter: Meter, rule: StepRule): { steps: Steps; value: number | null } => {
    if (rule === "percent-left") {
      const percent = percentRemaining(meter);
      return { steps: percentSteps(thresholdsOf(source)), value: typeof percent === "number" ? percent : null };
    }
    const belows = meter.unit.kind === "money" ? (amountsLeft[meter.unit.currency] ?? []) : [];
    const { remaining } = meter;
    return {
      steps: amountSteps(belows),
      value: meter.unit.kind === "money" && typeof remaining === "number" ? remaining : null,
    };
  };

  const watchFor = (source: SourceWatch, { meter, instance }: ToldMeter, at: At): MeterWatch => {
    const key = keyOf(source.model.id, meter.id);
    const known = meters.get(key);
    const reset = "resetsAt" in meter.window ? meter.window.resetsAt : null;
    const slides = source.model.meters.some(({ id, slides: does }) => id === meter.id && does);
    const lasts = known !== undefined && known.instance === instance && !isOver(known.resetsAt, reset, slides, at.wall);
    const slack = slides && meter.window.kind === "rolling" ? (meter.window.lengthMs ?? 0) / SLACK_SHARE : 0;
    if (lasts && !isOver(known.resetsAt, reset, slides, at.wall + slack)) {
      known.resetsAt = reset ?? known.resetsAt;
      return known;
    }
    const { time } = at;
    const made: MeterWatch = {
      instance,
      instanceAt: time,
      resetsAt: reset,
      value: { "percent-left": null, "amount-left": null },
      // Where it may be either, nothing is asked of what was told before.
      rules: {
        "percent-left": newStepWatch(lasts ? known.rules["percent-left"] : undefined),
        "amount-left": newStepWatch(lasts ? known.rules["amount-left"] : undefined),
      },
    };
    meters.set(key, made);
    return made;
  };

  /** The sources of the same account that told of this quantity, at this level or a lower one. */
  const tellers = (source: SourceWatch, meter: string, instance: number, rule: StepRule, step: number): string[] =>
    (twins.get(source.model.id) ?? []).filter((twin) => {
      const watch = meters.get(keyOf(twin, meter));
      if (watch === undefined || watch.instance !== instance) return false;
      const { told } = watch.rules[rule];
      return told !== null && told <= step;
    });

  /** Whether a source goes on watching what it told of: else another one takes over. A new process knows of it what it has read. */
  const isWatching = (id: string, meter: string): boolean =>
    parts.sources.some(
      ({ model, last, paused, removed, muted, seen }) =>
        model.id === id && last === "figures" && seen.has(meter) && !paused && !removed && !muted,
    );

  const checkMissed = (source: SourceWatch, meter: Meter, watch: MeterWatch, rule: StepRule, at: At): void => {
    const steps = watch.rules[rule];
    const step = [...steps.crossed.keys()].reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
    const crossed = steps.crossed.get(step);
    if (crossed === undefined) return;
    const counts = lowest(lowest(steps.told, steps.silent), steps.doubtful);
    if (counts !== null && counts <= step) return;
    // What waits is told as used up only where that is a line of its own.
    const isUsedUp = step === 0 && (watch.value[rule] ?? 1) <= 0;
    if (holdBacks.delayedWithin(AFTER_DELAY_MS, source.model.id, meter.id, at.wall, isUsedUp)) {
      // What was held back is told by the figures that come after: from then on it counts.
      crossed.since = at.time;
      crossed.readings = 0;
      return;
    }
    const { missingResetRate, resetRunsAhead } = source.model.manners;
    // Of these nobody can know which window it is.
    if (missingResetRate > 0 || resetRunsAhead || app.clockOffBy !== 0) return;
    // It counts from when this process has known the source, and has had a moment.
    const since = Math.max(crossed.since, app.calmSince, app.clockSetAt, source.knownSince, watch.instanceAt);
    if (at.time - since < TOLD_WITHIN_MS || crossed.readings < 3) return;
    if (holdBacks.silences(source)) {
      if ((source.mutedSince ?? 0) <= crossed.since) steps.silent = lowest(steps.silent, step);
      return;
    }
    // Whether it was found while nobody wanted to hear of it is not to be known.
    if (source.unmutedAt > crossed.since) {
      steps.doubtful = lowest(steps.doubtful, step);
      return;
    }
    if (tellers(source, meter.id, watch.instance, rule, step).length > 0) return;
    violations.report(
      "missed-alert",
      source.model.id,
      `${meter.id} has stood at or below ${step} (${rule}) since ${clockTime(crossed.since)} by ${crossed.readings} readings, and nobody was told`,
    );
  };

  return {
    figuresCame(source, wall, time) {
      for (const told of source.figures?.told ?? []) {
        const { meter } = told;
        if (!decides(meter, wall)) continue;
        const watch = watchFor(source, told, { wall, time });
        for (const rule of ["percent-left", "amount-left"] as const) {
          const { steps, value } = stepsOf(source, meter, rule);
          if (value === null) continue;
          // Of what is full again within the hour nothing low is told, but that it has recovered counts.
          if (refillsSoon(meter, wall) && steps.steps.some((step) => steps.isCrossed(value, step))) continue;
          watch.value[rule] = value;
          noteValue(watch.rules[rule], value, steps, time);
          // What is found while nobody wants to hear of it may be taken for told at once.
          if (holdBacks.silences(source)) {
            const crossed = steps.steps.filter((step) => steps.isCrossed(value, step));
            const { doubtful } = watch.rules[rule];
            watch.rules[rule].doubtful = crossed.reduce<number | null>(lowest, doubtful);
          }
          checkMissed(source, meter, watch, rule, { wall, time });
        }
      }
    },
    told(source, alert, wall, time) {
      const { what, meterId } = alert;
      if ((what.type !== "percent-left" && what.type !== "amount-left") || meterId === null) return;
      const { id } = source.model;
      const level = what.type === "percent-left" ? what.threshold : what.below;
      const said = what.type === "percent-left" ? what.percentRemaining : what.remaining;
      const subject = `${meterId} at ${level} (${what.type})`;
      const watch = meters.get(keyOf(id, meterId));
      const value = watch?.value[what.type] ?? null;
      if (watch === undefined || value === null) {
        violations.report("groundless-alert", id, `told of ${subject}, of which nothing was read`);
        return;
      }
      const steps = watch.rules[what.type];
      if (said !== value)
        violations.report("groundless-alert", id, `told of ${subject} with ${said}, but ${value} was read`);
      if (!isCrossedBy(what.type, value, level)) {
        violations.report("groundless-alert", id, `told of ${subject}, but ${value} was read`);
      }
      if (holdBacks.silences(source) && time - source.changedAt > SWITCH_MS) {
        violations.report("groundless-alert", id, `told of ${subject} although it is muted`);
      }
      const delayed = holdBacks.delays(id, meterId, wall, value <= 0);
      if (delayed !== null) violations.report("groundless-alert", id, `told of ${subject} in spite of ${delayed}`);
      if (steps.silent !== null && steps.silent <= level) {
        violations.report("groundless-alert", id, `told of ${subject}, which was crossed while it was muted`);
      }
      if (steps.told !== null && level >= steps.told) {
        violations.report(
          level === steps.told ? "repeated-alert" : "escalation",
          id,
          `told of ${subject}; ${steps.told} was told at ${clockTime(steps.toldAt)}, and nothing recovered since`,
        );
      }
      if (tellers(source, meterId, watch.instance, what.type, level).some((twin) => isWatching(twin, meterId))) {
        violations.report("repeated-alert", id, `told of ${subject}, of which another source of the same account told`);
      }
      steps.told = lowest(steps.told, level);
      steps.toldAt = time;
      // For the others of the account it counts as fired as well, once they see it.
      for (const twin of twins.get(id) ?? []) {
        const other = meters.get(keyOf(twin, meterId));
        if (other === undefined || other.instance !== watch.instance) continue;
        other.rules[what.type].doubtful = lowest(other.rules[what.type].doubtful, level);
      }
    },
    mayHaveTold(source, meter, rule, { level, firedAt }) {
      const watch = meters.get(keyOf(source, meter));
      if (watch === undefined) return "heard";
      const { told } = watch.rules[rule];
      if (told !== null && told <= level) return "heard";
      // It told of an instance before this one, or has not seen the recovery yet.
      if (firedAt < watch.instanceAt || watch.rules[rule].crossed.size === 0) return "heard";
      watch.rules[rule].told = level;
      return "lost";
    },
    watchOf: (source, meter) => meters.get(keyOf(source, meter)),
    thresholdsChanged(source) {
      for (const [key, watch] of meters) {
        if (key.startsWith(`${source} `)) watch.rules["percent-left"].crossed.clear();
      }
    },
  };
}

interface At {
  readonly wall: number;
  readonly time: number;
}

function isCrossedBy(rule: StepRule, value: number, step: number): boolean {
  return rule === "percent-left" ? value <= step : value < step;
}

/**
 * Whether the window that told its end before is over: one that slides begins anew when nobody has read it until then; and where no
 * end is told any more, once the last has passed, nobody can know that it is not another window.
 */
function isOver(known: number | null, told: number | null, slides: boolean, wall: number): boolean {
  return known !== null && known <= wall && (slides || told === null);
}

/** Whether a meter's figures may be gone by at all: not those of before a reset, nor those of windows that last minutes. */
function decides({ window }: Meter, wall: number): boolean {
  if (window.kind === "balance" || window.kind === "lifetime") return true;
  return !isShort(window) && (window.resetBasis === "refill" || window.resetsAt === null || window.resetsAt > wall);
}

function refillsSoon({ window }: Meter, wall: number): boolean {
  if (window.kind === "balance" || window.kind === "lifetime" || window.resetBasis !== "refill") return false;
  return window.resetsAt !== null && window.resetsAt - wall <= SOON_MS;
}

function isShort(window: Meter["window"]): boolean {
  return window.kind === "rolling" && window.lengthMs !== null && window.lengthMs < SHORT_WINDOW_MS;
}

/** By source, the others of its account. */
function twinsOf(sources: readonly SourceWatch[]): ReadonlyMap<string, readonly string[]> {
  const byAccount = Map.groupBy(sources, ({ model }) => model.account);
  return new Map(
    sources.map(({ model: { id, account } }) => [
      id,
      (byAccount.get(account) ?? []).map(({ model }) => model.id).filter((other) => other !== id),
    ]),
  );
}
