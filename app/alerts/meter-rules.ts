import type { Forecast } from "../forecast/forecast.ts";
import { isPastReset, type Meter, percentRemaining, refillsAt, resetsAt } from "../quota/meter.ts";
import type { AlertSubject } from "./alert.ts";
import type { EffectiveRules } from "./effective-rules.ts";
import { decideBeforeReset, decideRunway, endsBeforeReset, endsWithinDays, JUST_TOLD_MS } from "./forecast-rules.ts";
import type { LedgerEntry, LedgerRule } from "./ledger.ts";
import {
  amountSteps,
  decideSteps,
  isClear,
  levelToTell,
  lowestCrossed,
  percentSteps,
  type RuleDecision,
  type Stepped,
  UNDECIDED,
} from "./step-rules.ts";
import { instanceOf, toldWindow } from "./window-instance.ts";

/** One meter's fresh figures, as the rules see them. */
export interface MeterFacts {
  readonly sourceId: string;
  readonly meter: Meter;
  readonly forecast: Forecast | null;
  readonly rules: EffectiveRules;
  /** When the window before this one ended, as far as that was seen; null where it was not. */
  readonly endedAt: number | null;
  readonly now: number;
}

/** What has fired for one meter, by rule. */
export type MeterEntries = ReadonlyMap<LedgerRule, LedgerEntry>;
export const NO_ENTRIES: MeterEntries = new Map();

export interface MeterDecision {
  /** The same object when nothing changed. */
  readonly entries: MeterEntries;
  /** Entries whose alert waited to be told and is true no more. */
  readonly recovered: readonly LedgerEntry[];
}

/** A limit that is full again within this is no news: by the time that anybody looks, it is. */
const SOON_MS = 60 * 60_000;
/** Nor is one whose whole window is so short. */
const SHORT_WINDOW_MS = 30 * 60_000;

/**
 * Whether a meter's figures decide anything. Those from before a reset do not, and those of windows that last minutes do not; nor
 * does a part of another meter, which is told beside it and limits nothing by itself.
 */
function decides(meter: Meter, now: number): boolean {
  if (meter.partOf !== undefined || isPastReset(meter, now)) return false;
  const { window } = meter;
  return window.kind !== "rolling" || window.lengthMs === null || window.lengthMs >= SHORT_WINDOW_MS;
}

/** Whether a limit that refills is full again so soon that nothing low is told of it; that it has recovered counts all the same. */
function refillsSoon(meter: Meter, now: number): boolean {
  const at = refillsAt(meter);
  return at !== null && at - now <= SOON_MS;
}

/** What fires and what is over by a meter's fresh figures. A rule that they say nothing of keeps its entry as it is. */
export function decideMeter(entries: MeterEntries, facts: MeterFacts): MeterDecision {
  const { meter, rules, now } = facts;
  if (!decides(meter, now)) return { entries, recovered: [] };
  const known = (rule: LedgerRule): LedgerEntry | null => entries.get(rule) ?? null;
  const isSoonFull = refillsSoon(meter, now);
  const stepped = (rule: LedgerRule, steps: Stepped | null): RuleDecision =>
    steps === null || (isSoonFull && lowestCrossed(steps) !== null)
      ? { ...UNDECIDED, entry: known(rule) }
      : decideSteps(known(rule), steps, facts);

  const percent = stepped("percent-left", percentSteps(meter, rules));
  const amount = stepped("amount-left", amountSteps(meter, rules));
  const justTold = [percent.entry, amount.entry].some((entry) => entry !== null && now - entry.firedAt < JUST_TOLD_MS);
  const beforeReset = decideBeforeReset(known("before-reset"), facts, justTold);
  const runway = decideRunway(known("runway"), facts, justTold);
  const back = decideBack(known("back"), percent.isBack || amount.isBack, facts);

  const decided = [
    ["percent-left", percent.entry],
    ["amount-left", amount.entry],
    ["before-reset", beforeReset.entry],
    ["runway", runway.entry],
    ["back", back],
  ] as const;
  const recovered = [percent, amount, beforeReset, runway].flatMap((each) => each.recovered ?? []);
  if (decided.every(([rule, entry]) => entry === known(rule))) return { entries, recovered };
  return {
    entries: new Map(decided.flatMap(([rule, entry]) => (entry === null ? [] : [[rule, entry] as const]))),
    recovered,
  };
}

function decideBack(previous: LedgerEntry | null, isBack: boolean, facts: MeterFacts): LedgerEntry | null {
  if (previous !== null || !isBack || !facts.rules.quotaBack || !isBackNow(facts)) return previous;
  const { sourceId, meter, now } = facts;
  return {
    sourceId,
    meterId: meter.id,
    rule: "back",
    resetsAt: resetsAt(meter),
    level: 0,
    firedAt: now,
    remaining: typeof meter.remaining === "number" ? meter.remaining : null,
    told: null,
    pending: "moment",
    recoveringSince: null,
  };
}

/** Something is told, and by no rule is it low. */
function isBackNow({ meter, rules }: MeterFacts): boolean {
  const known = [percentSteps(meter, rules), amountSteps(meter, rules)].filter((steps) => steps !== null);
  return known.length > 0 && known.every(isClear);
}

/**
 * What an entry that waits has to tell by the latest figures: the level and what it says.
 * - unknown: the figures do not say; it goes on waiting.
 * - over: it is true no more, or somebody was told already.
 */
export type Waiting =
  | { readonly state: "unknown" }
  | { readonly state: "over" }
  | { readonly state: "true"; readonly level: number; readonly what: AlertSubject };

const UNKNOWN: Waiting = { state: "unknown" };
const OVER: Waiting = { state: "over" };

/** Whether what waits in a meter's entry is still true. `failing` is no meter's and always unknown here. */
export function stillTrue(entry: LedgerEntry, facts: MeterFacts): Waiting {
  const { meter, rules, now } = facts;
  if (isPastReset(meter, now)) return UNKNOWN;
  // A new window whose figures cannot be believed yet says nothing of what waits from the one before.
  if (entry.rule !== "back" && instanceOf(entry, toldWindow(meter), now) === "new") return UNKNOWN;
  switch (entry.rule) {
    case "percent-left":
      return stepStillTrue(entry, percentSteps(meter, rules), (level, percentLeft) => ({
        type: "percent-left",
        threshold: level,
        percentRemaining: percentLeft,
        remaining: typeof meter.remaining === "number" ? meter.remaining : null,
        unit: meter.unit,
      }));
    case "amount-left":
      return stepStillTrue(entry, amountSteps(meter, rules), (below, remaining) => ({
        type: "amount-left",
        below,
        remaining,
        unit: meter.unit,
      }));
    case "before-reset": {
      const runsOutAt = endsBeforeReset(facts);
      const at = resetsAt(meter);
      if (runsOutAt === null || at === null) return OVER;
      return { state: "true", level: entry.level, what: { type: "before-reset", runsOutAt, resetsAt: at } };
    }
    case "runway": {
      const runsOutAt = endsWithinDays(facts);
      if (runsOutAt === null) return OVER;
      return { state: "true", level: entry.level, what: { type: "runway", days: entry.level, runsOutAt } };
    }
    case "back": {
      const percent = percentRemaining(meter);
      if (!isBackNow(facts)) return meter.remaining === "unknown" ? UNKNOWN : OVER;
      return {
        state: "true",
        level: 0,
        what: {
          type: "back",
          percentRemaining: typeof percent === "number" ? percent : null,
          remaining: typeof meter.remaining === "number" ? meter.remaining : null,
          unit: meter.unit,
        },
      };
    }
    case "failing":
      return UNKNOWN;
  }
}

function stepStillTrue(
  entry: LedgerEntry,
  stepped: Stepped | null,
  say: (level: number, value: number) => AlertSubject,
): Waiting {
  if (stepped === null) return UNKNOWN;
  const level = levelToTell(entry, stepped);
  return level === null ? OVER : { state: "true", level, what: say(level, stepped.value) };
}

/** What stays of an entry when what it waited for is over: what was told, or, where nobody was, nothing. */
export function withoutWaiting(entry: LedgerEntry): LedgerEntry | null {
  return entry.told === null || entry.rule === "back" ? null : { ...entry, level: entry.told, pending: null };
}

/** What an entry of a meter said when it fired, as far as the entry holds it: for the log, when it is true no more. */
export function asItFired(entry: LedgerEntry, meter: Meter, forecast: Forecast | null): AlertSubject | null {
  const { remaining, level } = entry;
  const { unit } = meter;
  const percent = remaining === null ? "unknown" : percentRemaining({ ...meter, remaining });
  const percentLeft = typeof percent === "number" ? percent : null;
  switch (entry.rule) {
    case "percent-left":
      return { type: "percent-left", threshold: level, percentRemaining: percentLeft ?? level, remaining, unit };
    case "amount-left":
      return remaining === null ? null : { type: "amount-left", below: level, remaining, unit };
    case "before-reset":
      return entry.resetsAt === null ? null : { type: "before-reset", runsOutAt: level, resetsAt: entry.resetsAt };
    case "runway":
      return { type: "runway", days: level, runsOutAt: forecast?.runsOutAt ?? entry.firedAt + level * 86_400_000 };
    case "back":
      return { type: "back", percentRemaining: percentLeft, remaining, unit };
    case "failing":
      return null;
  }
}
