import { type Amount, subtract } from "../../../quota/amount.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Meter, Window } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { type BalanceRow, balanceMeters } from "../../balance-reader.ts";
import { percentMeter } from "../../percent-meter.ts";
import type { ReadContext } from "../../source.ts";
import { unlessHidden } from "../../unless-hidden.ts";
import { balanceAnswer, type Usage, type UsagePeriod, usageAnswer } from "./schema.ts";

/** Reads the subscription's usage and the prepaid balances where the key may see them. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const usage = await context.getJson("/api/subscription/v1/usage", usageAnswer);
  const state = usage.state ?? (usage.active === false ? "inactive" : "active");
  const subscription = state === "inactive" ? [] : subscriptionMeters(usage);
  const balances = await readBalances(context);
  const notices: Notice[] = [
    ...(state === "active" ? [] : [{ key: "notice.plan-inactive", params: { state } }]),
    ...(balances === null ? [{ key: "notice.balance-not-told", params: {} }] : []),
  ];
  return { account: null, notices, meters: [...subscription, ...(balances ?? [])] };
}

/** Without a running subscription its allowances are only an offer, so this is not asked for one. */
function subscriptionMeters(usage: Usage): Meter[] {
  const { daily, monthly, limits } = usage;
  const meters = [
    ...(daily ? periodMeter("day", daily, dayLimit(usage), dayWindow(daily)) : []),
    ...(monthly ? periodMeter("month", monthly, limits?.monthly ?? "unknown", monthWindow(usage, monthly)) : []),
  ];
  if (meters.length === 0) {
    throw new ReadError("unexpected-shape", { detail: "the answer tells neither daily nor monthly usage" });
  }
  return meters;
}

/** A daily allowance that is not enforced stops nobody: what was used is shown, and no share of it. */
function dayLimit({ enforceDailyLimit, limits }: Usage): Amount {
  return enforceDailyLimit === false ? "unlimited" : (limits?.daily ?? "unknown");
}

function dayWindow({ resetAt }: UsagePeriod): Window {
  return resetAt === null
    ? { kind: "period", resetsAt: null, resetBasis: "reported" }
    : { kind: "calendar", period: "day", timeZone: "UTC", resetsAt: resetAt, resetBasis: "reported" };
}

/** The month is that of the subscription, not of the calendar. */
function monthWindow({ period }: Usage, { resetAt }: UsagePeriod): Window {
  return { kind: "period", resetsAt: resetAt ?? period?.currentPeriodEnd ?? null, resetBasis: "reported" };
}

function periodMeter(id: "day" | "month", told: UsagePeriod, limit: Amount, window: Window): Meter[] {
  const { used, remaining, percentUsed } = told;
  const shared = { id, label: { key: `meter.${id}` }, window, scope: "account" } as const;
  if (limit !== "unlimited" && used === "unknown" && remaining === "unknown") {
    return percentUsed === "unknown" ? [] : [percentMeter({ ...shared, used: percentUsed })];
  }
  const left = limit === "unlimited" || remaining === "unknown" ? subtract(limit, used) : remaining;
  const spent = used === "unknown" && typeof limit === "number" && typeof left === "number" ? limit - left : used;
  const confidence = left === remaining || limit === "unlimited" ? "reported" : "derived";
  return [{ ...shared, unit: { kind: "units" }, limit, used: spent, remaining: left, confidence }];
}

/** Null when this key may not see them. */
async function readBalances(context: ReadContext): Promise<Meter[] | null> {
  return unlessHidden(async () => {
    const { usd_balance, nano_balance } = await context.postJson("/api/check-balance", {}, balanceAnswer);
    const rows: BalanceRow[] = [];
    if (usd_balance !== "unknown") rows.push({ unit: { kind: "money", currency: "USD" }, remaining: usd_balance });
    // Few pay with it, and an empty purse that was never filled is no quota.
    if (nano_balance !== "unknown" && nano_balance !== 0) {
      rows.push({ id: "balance-xno", unit: { kind: "money", currency: "XNO" }, remaining: nano_balance });
    }
    return balanceMeters(rows);
  });
}
