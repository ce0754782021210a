import type { Meter } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import { DAY_MS, HOUR_MS, namedWindow, rolling } from "../../named-window.ts";
import { percentMeter } from "../../percent-meter.ts";
import type { ReadContext } from "../../source.ts";
import { type FactoryWindow, limitsAnswer } from "./schema.ts";

/** Reads the windows of the plan and the balance beside it. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const answer = await context.getJson("/api/billing/limits", limitsAnswer);
  const plan = answer.limits?.standard;
  const windows = [
    ...meter(5 * HOUR_MS, plan?.fiveHour, context.now),
    ...meter(7 * DAY_MS, plan?.weekly, context.now),
    ...meter(30 * DAY_MS, plan?.monthly, context.now),
  ];
  const balance = answer.extraUsageBalanceCents;
  const extra: Meter[] =
    answer.extraUsageAllowed !== true || balance === "unknown"
      ? []
      : [
          {
            id: "extra-usage",
            label: { key: "meter.extra-usage" },
            unit: { kind: "money", currency: "USD" },
            limit: "unknown",
            used: "unknown",
            remaining: balance,
            window: { kind: "balance" },
            scope: "account",
            // The service says cents, and not of which currency; it bills in US dollars.
            confidence: "estimated",
          },
        ];
  return {
    meters: [...windows, ...extra],
    account: null,
    notices: windows.length > 0 ? [] : [{ key: "notice.no-limits-told", params: {} }],
  };
}

function meter(lengthMs: number, told: FactoryWindow, now: number): Meter[] {
  if (!told || told.usedPercent === "unknown") return [];
  const { secondsRemaining } = told;
  const resetsAt = told.windowEnd ?? (secondsRemaining ? now + secondsRemaining * 1000 : null);
  const { id, label } = namedWindow(lengthMs);
  // The month follows the plan's own dates, so that its length is not known.
  const window =
    id === "month" ? ({ kind: "period", resetsAt, resetBasis: "reported" } as const) : rolling(lengthMs, resetsAt);
  return [percentMeter({ id, label, used: told.usedPercent, window, scope: "account" })];
}
