import type { JudgedReading, SourceAlertSettings } from "../alerts/desk.ts";
import type { SourceState } from "../quota/snapshot.ts";
import type { Budget } from "./budget.ts";

/**
 * How alerts are set for a budget: it has a switch and percentages of its own. Amounts left ("below $5") are meant for what a gateway
 * grants: a budget of $3 would be below them from its first moment.
 */
export function budgetAlertSettings({ muted, thresholds }: Pick<Budget, "muted" | "thresholds">): SourceAlertSettings {
  return { muted, thresholds, alertRules: { amountsLeft: [] }, meters: {} };
}

/** What the alert rules judge of a budget. No other source shows the same quantity. */
export function judgedBudget({ id, label, reading, forecasts }: SourceState): JudgedReading {
  return {
    sourceId: id,
    sourceLabel: label,
    demo: false,
    meters: reading?.meters ?? [],
    forecasts: forecasts ?? {},
    identities: new Map(),
  };
}
