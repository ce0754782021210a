import type { Forecast } from "../forecast/forecast.ts";
import { type Meter, resetsAt } from "../quota/meter.ts";
import type { EffectiveRules } from "./effective-rules.ts";
import type { LedgerEntry, LedgerRule } from "./ledger.ts";
import { type RuleDecision, UNDECIDED } from "./step-rules.ts";
import { CONFIRM_MS, followedReset, instanceOf, isUnsettled, looksResetEarly, toldWindow } from "./window-instance.ts";

/** A window that runs dry only so shortly before its reset lasts well enough: this share of the time that is left of it. */
const SPARE_SHARE = 0.05;
const LEAST_SPARE_MS = 10 * 60_000;
/** Who was told just now that little is left needs no forecast of it. */
export const JUST_TOLD_MS = 60 * 60_000;
/** A runway that was warned of counts as recovered from so many times the days… */
const RUNWAY_RECOVERY_FACTOR = 2;
/** …and not before the rate has had a day to change; or when so many times the amount is there (a top-up). */
const RUNWAY_REST_MS = 24 * 3_600_000;
const TOP_UP_FACTOR = 1.5;

export interface ForecastFacts {
  readonly sourceId: string;
  readonly meter: Meter;
  readonly forecast: Forecast | null;
  readonly rules: Pick<EffectiveRules, "beforeReset" | "runwayDays">;
  readonly now: number;
}

/** When it runs out, where a window will, with some certainty and by some margin, not last until its reset; else null. */
export function endsBeforeReset({ meter, forecast, rules, now }: ForecastFacts): number | null {
  const at = resetsAt(meter);
  if (!rules.beforeReset || at === null || forecast === null || !hasSomething(meter)) return null;
  const { runsOutAt, latest, verdict, beforeReset } = forecast;
  if (verdict !== "in-deficit" || beforeReset !== true || runsOutAt === null || runsOutAt <= now) return null;
  // Even the late end of the range has to lie before the reset: a forecast that may as well be wrong is no alert.
  if (latest === null || latest >= at) return null;
  return at - runsOutAt >= Math.max(LEAST_SPARE_MS, (at - now) * SPARE_SHARE) ? runsOutAt : null;
}

/** When it runs out, where a balance lasts less than the days of the rule; else null. */
export function endsWithinDays({ meter, forecast, rules, now }: ForecastFacts): number | null {
  if (rules.runwayDays === null || forecast === null || !hasSomething(meter)) return null;
  const { runwayDays, runsOutAt } = forecast;
  if (runwayDays === null || runwayDays >= rules.runwayDays || runsOutAt === null) return null;
  return runsOutAt > now ? runsOutAt : null;
}

function hasSomething({ remaining }: Meter): boolean {
  return typeof remaining === "number" && remaining > 0;
}

/** At most once per instance of the window, however the forecast flickers. `justTold`: of how little is left of this meter. */
export function decideBeforeReset(previous: LedgerEntry | null, facts: ForecastFacts, justTold: boolean): RuleDecision {
  const { meter, now } = facts;
  const at = resetsAt(meter);
  if (previous === null) return firstTime("before-reset", endsBeforeReset(facts), null, facts, justTold);
  if (instanceOf(previous, toldWindow(meter), now) === "new") {
    const pending = previous.pending === null ? null : previous;
    if (!isUnsettled(previous.resetsAt, now)) {
      return { ...firstTime("before-reset", endsBeforeReset(facts), null, facts, justTold), recovered: pending };
    }
    return { isBack: false, recovered: pending, entry: pending === null ? previous : { ...previous, pending: null } };
  }
  return untilConfirmed(previous, looksResetEarly(previous, meter), at, now);
}

/** Once until the runway has clearly recovered or the balance was topped up. */
export function decideRunway(previous: LedgerEntry | null, facts: ForecastFacts, justTold: boolean): RuleDecision {
  const { meter, forecast, rules, now } = facts;
  if (previous === null) {
    return firstTime("runway", endsWithinDays(facts), rules.runwayDays, facts, justTold);
  }
  const runway = forecast?.runwayDays ?? null;
  const longer =
    runway !== null && runway >= previous.level * RUNWAY_RECOVERY_FACTOR && now - previous.firedAt >= RUNWAY_REST_MS;
  const toppedUp =
    typeof meter.remaining === "number" &&
    previous.remaining !== null &&
    meter.remaining >= previous.remaining * TOP_UP_FACTOR;
  return untilConfirmed(previous, longer || toppedUp, resetsAt(meter), now);
}

function firstTime(
  rule: LedgerRule,
  end: number | null,
  days: number | null,
  { sourceId, meter, now }: ForecastFacts,
  justTold: boolean,
): RuleDecision {
  if (end === null || justTold) return { ...UNDECIDED, entry: null };
  const entry: LedgerEntry = {
    sourceId,
    meterId: meter.id,
    rule,
    resetsAt: resetsAt(meter),
    level: days ?? end,
    firedAt: now,
    remaining: typeof meter.remaining === "number" ? meter.remaining : null,
    told: null,
    pending: "moment",
    recoveringSince: null,
  };
  return { ...UNDECIDED, entry };
}

/** Lets go of an entry when every reading has shown the recovery for long enough. */
function untilConfirmed(previous: LedgerEntry, recovers: boolean, at: number | null, now: number): RuleDecision {
  if (!recovers) {
    const followed = followedReset(previous, at, now);
    const same = followed === previous.resetsAt && previous.recoveringSince === null;
    return { ...UNDECIDED, entry: same ? previous : { ...previous, resetsAt: followed, recoveringSince: null } };
  }
  const since = previous.recoveringSince;
  if (since === null || since > now) return { ...UNDECIDED, entry: { ...previous, recoveringSince: now } };
  if (now - since < CONFIRM_MS) return { ...UNDECIDED, entry: previous };
  return { isBack: false, recovered: previous.pending === null ? null : previous, entry: null };
}
