import type { Meter } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import { DAY_MS, HOUR_MS, namedWindow, rolling } from "../../named-window.ts";
import { percentMeter } from "../../percent-meter.ts";
import type { ReadContext } from "../../source.ts";
import { toldApart } from "../../told-apart.ts";
import { type FactoryPool, type FactoryWindow, limitsAnswer } from "./schema.ts";

/** The pool that is the plan's own; others are named beside it. */
const PLAN = "standard";

/** Reads the windows of the plan and the balance beside it. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const answer = await context.getJson("/api/billing/limits", limitsAnswer);
  const pools = (answer.limits ?? []).toSorted((a, b) => Number(b.name === PLAN) - Number(a.name === PLAN));
  const windows = toldApart(pools.flatMap((pool) => poolMeters(pool, context.now)));
  const balance = answer.extraUsageBalanceCents;
  const extra: Meter[] =
    // Nothing is paid in for most accounts: extra usage that cannot be drawn on is none, and the plan goes on without it.
    answer.extraUsageAllowed !== true || balance === "unknown" || balance === 0
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

function poolMeters({ name, windows }: { readonly name: string; readonly windows: FactoryPool }, now: number): Meter[] {
  const shown = name === PLAN ? undefined : name.charAt(0).toUpperCase() + name.slice(1);
  return [
    ...meter(5 * HOUR_MS, windows.fiveHour, now, shown),
    ...meter(7 * DAY_MS, windows.weekly, now, shown),
    ...meter(30 * DAY_MS, windows.monthly, now, shown),
  ];
}

function meter(lengthMs: number, told: FactoryWindow, now: number, name?: string): Meter[] {
  if (!told || told.usedPercent === "unknown") return [];
  const { secondsRemaining } = told;
  const resetsAt = told.windowEnd ?? (secondsRemaining ? now + secondsRemaining * 1000 : null);
  const { id, label } = namedWindow(lengthMs, name);
  // The month follows the plan's own dates, so that its length is not known.
  const window =
    lengthMs > 7 * DAY_MS
      ? ({ kind: "period", resetsAt, resetBasis: "reported" } as const)
      : rolling(lengthMs, resetsAt);
  return [percentMeter({ id, label, used: told.usedPercent, window, scope: "account" })];
}
