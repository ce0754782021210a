import { type Amount, subtract } from "../../../quota/amount.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Meter, Window } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { type BalanceRow, balanceMeters } from "../../balance-reader.ts";
import { DAY_MS, namedWindow, rolling } from "../../named-window.ts";
import { orRefusal } from "../../or-refusal.ts";
import { percentMeter } from "../../percent-meter.ts";
import type { ReadContext } from "../../source.ts";
import { unlessHidden } from "../../unless-hidden.ts";
import { balanceAnswer, type Usage, type UsagePeriod, usageAnswer } from "./schema.ts";

/** Reads the subscription's usage and the prepaid balances, each where the key may see it. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const usage = await orRefusal(() => context.getJson("/api/subscription/v1/usage", usageAnswer));
  const state =
    usage instanceof ReadError ? "active" : (usage.state ?? (usage.active === false ? "inactive" : "active"));
  const subscription = usage instanceof ReadError || state === "inactive" ? [] : subscriptionMeters(usage);
  const balances = await readBalances(context, subscription.length > 0);
  const nothingTold = subscription.length === 0 && state !== "inactive";
  if (nothingTold && (balances === null || balances.length === 0)) {
    throw usage instanceof ReadError
      ? usage
      : new ReadError("unexpected-shape", { detail: "the answer tells no allowance of the subscription" });
  }
  const notices: Notice[] = [
    ...(state === "active" ? [] : [{ key: "notice.plan-inactive", params: { state } }]),
    ...(nothingTold ? [{ key: "notice.no-limits-told", params: {} }] : []),
    ...(balances === null ? [{ key: "notice.balance-not-told", params: {} }] : []),
  ];
  return { account: null, notices, meters: [...subscription, ...(balances ?? [])] };
}

/** Without a running subscription its allowances are only an offer, so this is not asked for one. */
function subscriptionMeters(usage: Usage): Meter[] {
  const { daily, monthly, limits } = usage;
  return [
    ...allowance("week", usage.weeklyInputTokens, limits?.weeklyInputTokens, INPUT_TOKENS),
    ...allowance("day", usage.dailyInputTokens, limits?.dailyInputTokens, INPUT_TOKENS),
    ...allowance("day", usage.dailyImages, limits?.dailyImages, { name: "images", unit: { kind: "units" } }),
    ...(daily ? periodMeter(named("day", dayWindow(daily)), daily, dayLimit(usage)) : []),
    ...(monthly ? periodMeter(named("month", monthWindow(usage, monthly)), monthly, limits?.monthly ?? "unknown") : []),
  ];
}

interface Counted {
  readonly name: string;
  readonly unit: Meter["unit"];
}

const INPUT_TOKENS: Counted = { name: "input tokens", unit: { kind: "tokens" } };

/** An allowance of what its name says, by the day or the week. A limit that is not told follows from the other two figures. */
function allowance(
  period: "day" | "week",
  told: UsagePeriod | null | undefined,
  limit: number | "unknown" = "unknown",
  { name, unit }: Counted,
): Meter[] {
  if (!told) return [];
  const lengthMs = period === "day" ? DAY_MS : 7 * DAY_MS;
  const follows = limit === "unknown" && told.used !== "unknown" && told.remaining !== "unknown";
  const meters = periodMeter(
    { ...namedWindow(lengthMs, name), unit, window: rolling(lengthMs, told.resetAt), scope: "account" },
    told,
    follows ? sum(told.used, told.remaining) : limit,
  );
  return follows ? meters.map((meter) => ({ ...meter, confidence: "derived" })) : meters;
}

function sum(used: Amount, remaining: Amount): Amount {
  return typeof used === "number" && typeof remaining === "number" ? used + remaining : "unknown";
}

type Named = Pick<Meter, "id" | "label" | "unit" | "window" | "scope">;

/** Of the plan's usage units. */
function named(id: "day" | "month", window: Window): Named {
  return { id, label: { key: `meter.${id}` }, unit: { kind: "units" }, window, scope: "account" };
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

function periodMeter({ unit, ...shared }: Named, told: UsagePeriod, limit: Amount): Meter[] {
  const { used, remaining, percentUsed } = told;
  if (limit !== "unlimited" && used === "unknown" && remaining === "unknown") {
    return percentUsed === "unknown" ? [] : [percentMeter({ ...shared, used: percentUsed })];
  }
  const left = limit === "unlimited" || remaining === "unknown" ? subtract(limit, used) : remaining;
  const spent = used === "unknown" && typeof limit === "number" && typeof left === "number" ? limit - left : used;
  const confidence = left === remaining || limit === "unlimited" ? "reported" : "derived";
  return [{ ...shared, unit, limit, used: spent, remaining: left, confidence }];
}

/** Null when this key may not see them. Who lives on a subscription needs no purse: an empty one beside it did not run out. */
async function readBalances(context: ReadContext, subscribed: boolean): Promise<Meter[] | null> {
  return unlessHidden(async () => {
    const { usd_balance, nano_balance } = await context.postJson("/api/check-balance", {}, balanceAnswer);
    const rows: BalanceRow[] = [];
    if (usd_balance !== "unknown" && !(usd_balance === 0 && subscribed)) {
      rows.push({ unit: { kind: "money", currency: "USD" }, remaining: usd_balance });
    }
    // Few pay with it, and an empty purse that was never filled is no quota.
    if (nano_balance !== "unknown" && nano_balance !== 0) {
      rows.push({ id: "balance-xno", unit: { kind: "money", currency: "XNO" }, remaining: nano_balance });
    }
    return balanceMeters(rows);
  });
}
