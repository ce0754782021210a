import { toMicros } from "../quota/amount.ts";
import { type Meter, percentRemaining, resetsAt } from "../quota/meter.ts";
import type { EffectiveRules } from "./effective-rules.ts";
import type { LedgerEntry } from "./ledger.ts";
import { CONFIRM_MS, followedReset, instanceOf, isUnsettled, toldWindow } from "./window-instance.ts";

/** Percent points above a threshold before it can fire again within the same window (a top-up, not noise). */
export const RECOVERY_PERCENT = 5;
/** The same for amounts: so many times the amount. */
export const RECOVERY_FACTOR = 1.25;
/** A quota that came back longer ago than this is no news. */
export const BACK_NEWS_MS = 24 * 3_600_000;

/** What a rule with steps ("20, 10, 5, 0 %") sees of one meter. */
export interface Stepped {
  readonly rule: "percent-left" | "amount-left";
  readonly value: number;
  /** Highest first. */
  readonly steps: readonly number[];
  readonly isCrossed: (step: number) => boolean;
  /** The value at which a step that fired has clearly recovered. */
  readonly rearmsAt: (step: number) => number;
}

/** What the rule of percent left sees; null where no share is known. */
export function percentSteps(meter: Meter, rules: Pick<EffectiveRules, "thresholds">): Stepped | null {
  const value = percentRemaining(meter);
  if (typeof value !== "number") return null;
  return {
    rule: "percent-left",
    value,
    steps: rules.thresholds,
    isCrossed: (step) => value <= step,
    rearmsAt: (step) => step + RECOVERY_PERCENT,
  };
}

/** What the rule of the amount left sees, in micros; null for other currencies and units, and where nothing is told. */
export function amountSteps(meter: Meter, rules: Pick<EffectiveRules, "amountsLeft">): Stepped | null {
  const { unit, remaining: value } = meter;
  if (unit.kind !== "money" || typeof value !== "number") return null;
  const steps = rules.amountsLeft
    .filter(({ currency }) => currency === unit.currency)
    .map(({ below }) => toMicros(below))
    .filter((below) => below !== null)
    .sort((a, b) => b - a);
  return {
    rule: "amount-left",
    value,
    steps,
    isCrossed: (step) => value < step,
    rearmsAt: (step) => step * RECOVERY_FACTOR,
  };
}

/** The lowest step that is crossed; null when none is. */
export function lowestCrossed({ steps, isCrossed }: Stepped): number | null {
  const crossed = steps.filter(isCrossed);
  return crossed.length === 0 ? null : Math.min(...crossed);
}

/** Whether the value stands clear of every step. */
export function isClear({ steps, value, rearmsAt }: Stepped): boolean {
  return steps.every((step) => value >= rearmsAt(step));
}

export interface RuleDecision {
  /** The entry afterwards, the same object when nothing changed; null when there is none any more. */
  readonly entry: LedgerEntry | null;
  /** An entry whose alert waited to be told and is true no more. */
  readonly recovered: LedgerEntry | null;
  /** What somebody was warned of has reset or was topped up. */
  readonly isBack: boolean;
}

export const UNDECIDED = { recovered: null, isBack: false } as const;

interface At {
  readonly sourceId: string;
  readonly meter: Meter;
  readonly endedAt: number | null;
  readonly now: number;
}

/**
 * Once per step and window instance. Only the lowest crossed step fires, so that a fall from 40 % to 3 % is one alert, and a
 * later one comes only when it gets worse.
 */
export function decideSteps(previous: LedgerEntry | null, stepped: Stepped, at: At): RuleDecision {
  const lowest = lowestCrossed(stepped);
  if (previous === null) {
    const fires = lowest !== null && !isUnsettled(at.endedAt, at.now);
    return { ...UNDECIDED, entry: fires ? fired(null, lowest, stepped, at) : null };
  }
  if (instanceOf(previous, toldWindow(at.meter), at.now) === "new") return decideNew(previous, lowest, stepped, at);
  if (lowest !== null && lowest < previous.level) {
    return { ...UNDECIDED, entry: fired(previous, lowest, stepped, at) };
  }
  return rearm(previous, stepped, at);
}

function fired(
  previous: LedgerEntry | null,
  level: number,
  { rule }: Stepped,
  { sourceId, meter, now }: At,
): LedgerEntry {
  const at = resetsAt(meter);
  return {
    sourceId,
    meterId: meter.id,
    rule,
    resetsAt: previous === null ? at : followedReset(previous, at, now),
    level,
    firedAt: now,
    remaining: typeof meter.remaining === "number" ? meter.remaining : null,
    told: previous?.told ?? null,
    pending: "moment",
    recoveringSince: null,
  };
}

/** The window has reset since the entry was made. */
function decideNew(previous: LedgerEntry, lowest: number | null, stepped: Stepped, at: At): RuleDecision {
  const unsettled = isUnsettled(previous.resetsAt, at.now);
  if (lowest !== null && unsettled) return { ...UNDECIDED, entry: previous };
  const recovered = previous.pending === null ? null : previous;
  if (lowest !== null) return { recovered, isBack: false, entry: fired(null, lowest, stepped, at) };
  const isNews = previous.resetsAt === null || at.now - previous.resetsAt <= BACK_NEWS_MS;
  const isBack = previous.told !== null && isNews && isClear(stepped);
  if (!unsettled) return { recovered, isBack, entry: null };
  // Stays for the moment, so that a late figure of the old window is known for one; it has nothing more to tell.
  const over = previous.pending === null && previous.told === null;
  return { recovered, isBack, entry: over ? previous : { ...previous, pending: null, told: null } };
}

/** Raises what counts as fired once the value has clearly recovered above it; the entry goes when nothing is left fired. */
function rearm(previous: LedgerEntry, stepped: Stepped, { meter, now }: At): RuleDecision {
  const level = levelAfter(previous.level, stepped);
  if (level === previous.level) {
    const followed = followedReset(previous, resetsAt(meter), now);
    const same = followed === previous.resetsAt && previous.recoveringSince === null;
    return { ...UNDECIDED, entry: same ? previous : { ...previous, resetsAt: followed, recoveringSince: null } };
  }
  const since = previous.recoveringSince;
  if (since === null || since > now) return { ...UNDECIDED, entry: { ...previous, recoveringSince: now } };
  if (now - since < CONFIRM_MS) return { ...UNDECIDED, entry: previous };
  const pending = previous.pending === null ? null : previous;
  if (level === null) return { entry: null, recovered: pending, isBack: previous.told !== null && isClear(stepped) };
  const told = previous.told === null ? null : Math.max(previous.told, level);
  const waits = told === null || told > level ? previous.pending : null;
  return {
    isBack: false,
    recovered: waits === null ? pending : null,
    entry: {
      ...previous,
      level,
      told,
      pending: waits,
      recoveringSince: null,
      resetsAt: followedReset(previous, resetsAt(meter), now),
    },
  };
}

/** The lowest step that still counts as fired; null when none does. One that is no step any more counts until it has recovered, too. */
function levelAfter(level: number, { steps, value, rearmsAt }: Stepped): number | null {
  if (value < rearmsAt(level)) return level;
  const still = steps.filter((step) => step >= level && value < rearmsAt(step));
  return still.length === 0 ? null : Math.min(...still);
}

/**
 * What is true now of a step that waits to be told: the level to tell, at least as high as the one that waits. Null when nothing
 * that nobody was told of is true any more.
 */
export function levelToTell(entry: Pick<LedgerEntry, "level" | "told">, stepped: Stepped): number | null {
  const lowest = lowestCrossed(stepped);
  if (lowest === null) return null;
  const level = Math.max(lowest, entry.level);
  return entry.told !== null && entry.told <= level ? null : level;
}
