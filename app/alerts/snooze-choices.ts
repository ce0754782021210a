import type { AlertDelivery } from "./alert.ts";
import type { SnoozeLength, SnoozeTarget } from "./desk.ts";

/** What can be snoozed from where a delivery is shown, and for how long. */
export interface SnoozeChoices {
  /** Each meter (or source) that the delivery warns of, once. */
  readonly targets: readonly SnoozeTarget[];
  /** Empty where there is nothing to snooze. */
  readonly lengths: readonly SnoozeLength[];
}

/** Until the reset only where each of them is known to come. A quota that is back has nothing to snooze. */
export function snoozeChoices({ alerts }: Pick<AlertDelivery, "alerts">, now: number): SnoozeChoices {
  const warnings = alerts.filter(({ what }) => what.type !== "back");
  if (warnings.length === 0) return { targets: [], lengths: [] };
  const targets = new Map(
    warnings.map(({ sourceId, meterId }) => [JSON.stringify([sourceId, meterId]), { sourceId, meterId }]),
  );
  const allReset = warnings.every(({ meterId, resetsAt }) => meterId !== null && resetsAt !== null && resetsAt > now);
  return { targets: [...targets.values()], lengths: allReset ? ["hour", "reset", "tomorrow"] : ["hour", "tomorrow"] };
}
