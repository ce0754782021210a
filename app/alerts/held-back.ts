import { type Alert, isUsedUp } from "./alert.ts";
import type { HeldBackReason } from "./alert-log.ts";
import type { AlertPreferences, SourceAlertSettings } from "./desk.ts";
import { mutedBy } from "./effective-rules.ts";

export interface HoldFacts {
  readonly preferences: Pick<AlertPreferences, "alertsEnabled" | "quietHours">;
  readonly settings: Pick<SourceAlertSettings, "muted" | "meters">;
  readonly isToldByAnother: boolean;
  readonly isSnoozed: boolean;
  /** Quiet hours are in force. */
  readonly isQuiet: boolean;
}

/** Why an alert is not told now; null: it is told. What is for good goes before what is for a while. */
export function heldBackBy(alert: Alert, facts: HoldFacts): HeldBackReason | null {
  if (!facts.preferences.alertsEnabled) return "alerts-off";
  const muted = mutedBy(facts.settings, alert.meterId);
  if (muted !== null) return muted;
  if (facts.isToldByAnother) return "told-by-another-source";
  if (facts.isSnoozed) return "snoozed";
  if (!facts.isQuiet || (facts.preferences.quietHours.exceptUsedUp && isUsedUp(alert))) return null;
  return "quiet-hours";
}
