import type { Alert } from "../../../app/alerts/alert.ts";
import { type Meter, percentRemaining } from "../../../app/quota/meter.ts";
import { clockTime } from "../trace.ts";
import type { Violations } from "../violations.ts";
import type { HoldBacks } from "./hold-backs.ts";
import type { AppWatch, SourceWatch } from "./source-watch.ts";
import type { StepAlertOracle } from "./step-alerts.ts";

/**
 * Checks the alerts that are no steps: forecasts are estimates, so that it is not asked whether one was due, but whether what was
 * told could be true and was told once; a source that fails, and a quota that is back, are facts.
 */
export interface OtherAlertOracle {
  figuresCame(source: SourceWatch, time: number): void;
  failed(source: SourceWatch, wall: number, time: number): void;
  told(source: SourceWatch, alert: Alert, wall: number, time: number): void;
  mayHaveTold(source: SourceWatch, meter: string | null, rule: "failing" | "before-reset" | "runway"): void;
}

interface ForecastWatch {
  remaining: number;
  toldAt: number;
  /** Since it was told: the most that was left at a reading. */
  most: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const SWITCH_MS = 10_000;
const TOLD_WITHIN_MS = 15 * MINUTE_MS;
/** A network that is gone comes back by itself: not told of before so many tries. */
const PASSING_TRIES = 3;

export function createOtherAlertOracle(parts: {
  readonly app: AppWatch;
  readonly holdBacks: HoldBacks;
  readonly steps: StepAlertOracle;
  readonly failingMinutes: number;
  readonly violations: Violations;
}): OtherAlertOracle {
  const { app, holdBacks, steps, failingMinutes, violations } = parts;
  const forecasts = new Map<string, ForecastWatch>();
  /** By source: the trouble that was told of. */
  const toldFailing = new Map<string, number>();
  /** By meter: the last time that something low was told of it and no return since. */
  const warned = new Set<string>();

  const keyOf = (source: string, meter: string | null, rule: string): string => `${source} ${meter} ${rule}`;
  const meterOf = (source: SourceWatch, id: string | null): Meter | null =>
    source.figures?.told.find(({ meter }) => meter.id === id)?.meter ?? null;
  const leftOf = ({ remaining }: Meter): number => (typeof remaining === "number" ? remaining : Number.NaN);

  const checkHeldBack = (source: SourceWatch, { meterId, what }: Alert, wall: number, time: number): void => {
    const subject = `${meterId ?? "the source"} (${what.type})`;
    const { id } = source.model;
    if (holdBacks.silences(source) && time - source.changedAt > SWITCH_MS) {
      violations.report("groundless-alert", id, `told of ${subject} although it is muted`);
    }
    const delayed = holdBacks.delays(id, meterId, wall, false);
    if (delayed !== null) violations.report("groundless-alert", id, `told of ${subject} in spite of ${delayed}`);
  };

  const toldFailingSource = (source: SourceWatch, since: number): void => {
    const { id } = source.model;
    if (source.last === "figures" || source.last === "none") {
      violations.report("groundless-alert", id, "told that it fails, but its last poll found figures");
      return;
    }
    const minutes =
      (app.clockOffBy === 0 ? source.endedAt - source.failingSince : Number.POSITIVE_INFINITY) / MINUTE_MS;
    if (since < source.failingSinceWall && app.clockOffBy === 0) {
      violations.report("groundless-alert", id, `told that it fails since ${clockTime(since)}: too early`);
    }
    if (minutes < 0) violations.report("groundless-alert", id, "told of a failure to come");
    if (toldFailing.get(id) === source.trouble) {
      violations.report("repeated-alert", id, "told again that it fails, with no figures in between");
    }
    toldFailing.set(id, source.trouble);
  };

  const toldForecast = (source: SourceWatch, alert: Alert, wall: number, time: number): void => {
    const { what, meterId } = alert;
    if (what.type !== "before-reset" && what.type !== "runway") return;
    const { id } = source.model;
    const found = meterOf(source, meterId);
    const subject = `${meterId} (${what.type})`;
    if (found === null || meterId === null) {
      violations.report("groundless-alert", id, `told of ${subject}, of which nothing was read`);
      return;
    }
    const left = leftOf(found);
    if (!(left > 0)) violations.report("groundless-alert", id, `told that ${subject} will run out, with ${left} left`);
    if (what.runsOutAt <= wall)
      violations.report("groundless-alert", id, `told of ${subject} with an end that has passed`);
    if (what.type === "before-reset" && what.runsOutAt >= what.resetsAt) {
      violations.report("groundless-alert", id, `told that ${subject} runs out, after its reset`);
    }
    if (what.type === "runway" && what.runsOutAt - wall > what.days * DAY_MS) {
      violations.report(
        "groundless-alert",
        id,
        `told that ${subject} lasts less than ${what.days} days, but it lasts longer`,
      );
    }
    const key = keyOf(id, meterId, what.type);
    const known = forecasts.get(key);
    const sameInstance = known !== undefined && known.toldAt >= (steps.watchOf(id, meterId)?.instanceAt ?? 0);
    if (sameInstance && !mayRepeat(what.type, known, found, time)) {
      violations.report("repeated-alert", id, `told again of ${subject}, first at ${clockTime(known.toldAt)}`);
    }
    forecasts.set(key, { remaining: left, toldAt: time, most: left });
  };

  const toldBack = (source: SourceWatch, { meterId }: Alert): void => {
    const { id } = source.model;
    const key = keyOf(id, meterId, "warned");
    if (!warned.delete(key)) {
      violations.report("groundless-alert", id, `told that ${meterId} is back, of which nobody was warned`);
    }
    const meter = meterOf(source, meterId);
    const percent = meter === null ? "unknown" : percentRemaining(meter);
    const line = Math.max(...(source.thresholds ?? app.thresholds));
    if (typeof percent === "number" && percent < line) {
      violations.report("groundless-alert", id, `told that ${meterId} is back, at ${percent} %`);
    }
  };

  return {
    figuresCame(source) {
      const { id } = source.model;
      for (const { meter } of source.figures?.told ?? []) {
        const left = leftOf(meter);
        if (Number.isNaN(left)) continue;
        for (const rule of ["before-reset", "runway"]) {
          const known = forecasts.get(keyOf(id, meter.id, rule));
          if (known !== undefined && left > known.most) known.most = left;
        }
      }
    },
    failed(source, wall, time) {
      const { id } = source.model;
      const since = Math.max(source.failingSince, source.knownSince, app.calmSince, app.clockSetAt);
      const due = since + failingMinutes * MINUTE_MS;
      if (
        time < Math.max(due, source.changedAt) + TOLD_WITHIN_MS ||
        toldFailing.get(id) === source.trouble ||
        app.clockOffBy !== 0
      )
        return;
      if (source.failures < PASSING_TRIES + 2 || source.cause === "rate-limited" || source.causeChangedAt > since)
        return;
      // What was found while nobody wanted to hear of it is not told later.
      if (holdBacks.silences(source) || source.unmutedAt > source.failingSince + failingMinutes * MINUTE_MS) {
        toldFailing.set(id, source.trouble);
        return;
      }
      if (holdBacks.delayedWithin(TOLD_WITHIN_MS, id, null, wall, false)) return;
      const from = clockTime(source.failingSince);
      violations.report("missed-alert", id, `has failed since ${from} (${source.cause}), and nobody was told`);
    },
    told(source, alert, wall, time) {
      const { what, meterId } = alert;
      switch (what.type) {
        case "percent-left":
        case "amount-left":
          warned.add(keyOf(source.model.id, meterId, "warned"));
          return;
        case "failing":
          toldFailingSource(source, what.since);
          break;
        case "before-reset":
        case "runway":
          warned.add(keyOf(source.model.id, meterId, "warned"));
          toldForecast(source, alert, wall, time);
          break;
        case "back":
          toldBack(source, alert);
          break;
      }
      checkHeldBack(source, alert, wall, time);
    },
    mayHaveTold(source, meter, rule) {
      if (rule === "failing") toldFailing.set(source.model.id, source.trouble);
      else warned.add(keyOf(source.model.id, meter, "warned"));
    },
  };
}

/** Whether enough has come back since, or enough time has passed, for another warning within the same instance. */
function mayRepeat(rule: "before-reset" | "runway", known: ForecastWatch, { limit }: Meter, time: number): boolean {
  if (rule === "runway") return known.most >= known.remaining * 1.5 || time - known.toldAt >= DAY_MS;
  return typeof limit === "number" && known.most >= known.remaining + limit * 0.2;
}
