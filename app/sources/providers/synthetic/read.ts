import type { Amount } from "../../../quota/amount.ts";
import type { Meter, Window } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import { difference, usedOf } from "../../difference.ts";
import { DAY_MS, HOUR_MS, namedWindow, rolling } from "../../named-window.ts";
import { percentLeftMeter } from "../../percent-meter.ts";
import type { ReadContext } from "../../source.ts";
import { quotasAnswer, type SyntheticQuotas } from "./schema.ts";

const WEEK = 7 * DAY_MS;

/** Reads the limits that the account has. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const quotas = await context.getJson("/v2/quotas", quotasAnswer);
  const rollingLimits = [...fiveHours(quotas), ...week(quotas)];
  const meters = [...(rollingLimits.length > 0 ? rollingLimits : subscription(quotas)), ...search(quotas)];
  return {
    meters,
    account: null,
    notices: meters.length > 0 ? [] : [{ key: "notice.no-limits-told", params: {} }],
  };
}

/** Comes back bit by bit, so that there is no time at which it resets. */
function fiveHours({ rollingFiveHourLimit: told }: SyntheticQuotas): Meter[] {
  if (!told || isAbsent(told.max, told.remaining)) return [];
  const { max: limit, remaining } = told;
  return [
    {
      ...namedWindow(5 * HOUR_MS),
      unit: { kind: "requests" },
      limit,
      used: usedOf(limit, remaining),
      remaining,
      window: rolling(5 * HOUR_MS, null),
      scope: "account",
      confidence: "reported",
    },
  ];
}

function week({ weeklyTokenLimit: told }: SyntheticQuotas): Meter[] {
  if (!told) return [];
  const { maxCredits: limit, remainingCredits: remaining, percentRemaining } = told;
  const base = { ...namedWindow(WEEK), window: rolling(WEEK, null), scope: "account" } as const;
  const share = limit === "unknown" || remaining === "unknown";
  if (share && percentRemaining !== "unknown") return [percentLeftMeter({ ...base, left: percentRemaining })];
  if (remaining === "unknown" || isAbsent(limit, remaining)) return [];
  const used = usedOf(limit, remaining);
  return [{ ...base, unit: { kind: "money", currency: "USD" }, limit, used, remaining, confidence: "reported" }];
}

function subscription({ subscription: told }: SyntheticQuotas): Meter[] {
  const window: Window = { kind: "period", resetsAt: told?.renewsAt ?? null, resetBasis: "reported" };
  return counted("subscription", told, window);
}

function search({ search: told }: SyntheticQuotas): Meter[] {
  return counted("search", told?.hourly, rolling(HOUR_MS, told?.hourly?.renewsAt ?? null));
}

function counted(id: "subscription" | "search", told: SyntheticQuotas["subscription"], window: Window): Meter[] {
  if (!told || told.limit === 0 || (told.limit === "unknown" && told.requests === "unknown")) return [];
  return [
    {
      id,
      label: { key: `meter.${id}` },
      unit: { kind: "requests" },
      limit: told.limit,
      used: told.requests,
      remaining: difference(told.limit, told.requests),
      window,
      scope: "account",
      confidence: "derived",
    },
  ];
}

/** A limit of 0 with nothing left is a limit that the plan does not have, not one that is used up. */
function isAbsent(limit: Amount, remaining: Amount): boolean {
  return (limit === 0 && remaining === 0) || (limit === "unknown" && remaining === "unknown");
}
