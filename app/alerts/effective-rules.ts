import type { AlertRules, OwnAlertRules } from "../settings/alert-settings.ts";
import type { HeldBackReason } from "./alert-log.ts";
import type { AlertPreferences, SourceAlertSettings } from "./desk.ts";

/** The rules that apply to one meter, or to a source as a whole. */
export interface EffectiveRules extends AlertRules {
  /** Percent left, highest first. */
  readonly thresholds: readonly number[];
}

/**
 * What a meter sets goes before what its source sets, and that before what holds for all; each rule by itself. `meterId` null: for
 * the source as a whole.
 */
export function effectiveRules(
  preferences: Pick<AlertPreferences, "thresholds" | "alertRules">,
  source: Pick<SourceAlertSettings, "thresholds" | "alertRules" | "meters">,
  meterId: string | null,
): EffectiveRules {
  const meter = meterId === null ? undefined : ownOf(source.meters, meterId);
  const rules = overlaid(overlaid(preferences.alertRules, source.alertRules), meter?.alertRules ?? null);
  return { ...rules, thresholds: meter?.thresholds ?? source.thresholds ?? preferences.thresholds };
}

/** Whether the user wants to hear nothing of a meter, and by which switch. */
export function mutedBy(
  source: Pick<SourceAlertSettings, "muted" | "meters">,
  meterId: string | null,
): Extract<HeldBackReason, "source-muted" | "meter-muted"> | null {
  if (source.muted) return "source-muted";
  return meterId !== null && ownOf(source.meters, meterId)?.muted === true ? "meter-muted" : null;
}

/** A meter's id comes from a gateway: "constructor" is nobody's setting. */
function ownOf(
  meters: SourceAlertSettings["meters"],
  meterId: string,
): SourceAlertSettings["meters"][string] | undefined {
  return Object.hasOwn(meters, meterId) ? meters[meterId] : undefined;
}

function overlaid(base: AlertRules, own: OwnAlertRules | null): AlertRules {
  if (own === null) return base;
  return {
    amountsLeft: own.amountsLeft ?? base.amountsLeft,
    // Null is a choice of its own: not warned of.
    runwayDays: own.runwayDays === undefined ? base.runwayDays : own.runwayDays,
    beforeReset: own.beforeReset ?? base.beforeReset,
    failingMinutes: own.failingMinutes === undefined ? base.failingMinutes : own.failingMinutes,
    quotaBack: own.quotaBack ?? base.quotaBack,
  };
}
