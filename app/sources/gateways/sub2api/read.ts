import { type Amount, fromMicros, MICROS_PER_UNIT, subtract } from "../../../quota/amount.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Label, Meter, Scope, Unit, Window } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { DAY_MS, HOUR_MS, rolling, windowWords } from "../../named-window.ts";
import { slug } from "../../slug.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../../source.ts";
import { type RateLimit, type Subscription, type Usage, usageAnswer } from "./schema.ts";

/** What remains of something without limit. */
const UNLIMITED = -1 * MICROS_PER_UNIT;

/** What a server calls a key that draws on its user's balance: no plan. */
const WALLET = "钱包余额";

/** The windows that there are, by ids that are for good; others go by their names. */
const WINDOW_IDS: ReadonlyMap<string, string> = new Map([
  ["5h", "five-hours"],
  ["1d", "day"],
  ["7d", "week"],
]);

/**
 * Reads what the key's quota, its windows and its plan have left, or the balance where there is none of these.
 * Throws ReadError, also where nothing of it is told.
 */
export async function read(context: ReadContext): Promise<Reading> {
  const usage = await context.getJson("/v1/usage", usageAnswer, { judge });
  const quota = keyQuota(usage);
  const limits = [...quota, ...rateLimits(usage), ...(usage.subscription ? planMeters(usage.subscription) : [])];
  const told = [...limits, ...remainder(usage, { quota: quota.length > 0, any: limits.length > 0 })];
  const meters = told.length === 0 ? unlimitedQuota(usage) : told;
  if (meters.length === 0) throw new ReadError("unexpected-shape", { detail: "the answer tells no quota" });
  return { meters, account: null, notices: notices(usage, context.now) };
}

/** A key that is no longer good is told in an answer that is otherwise a success. */
function judge({ status, body }: JudgedAnswer): Verdict | null {
  if (typeof body !== "object" || body === null) return null;
  if (status === 200 && "isValid" in body && body.isValid === false) {
    return { cause: "key-refused", detail: "the gateway says that the key is not valid" };
  }
  if (status !== 403 || !("error" in body) || typeof body.error !== "object" || body.error === null) return null;
  return "type" in body.error && body.error.type === "subscription_error"
    ? { cause: "key-lacks-permission", detail: "the key's plan is not active" }
    : null;
}

const KEY_LIMIT = { id: "key-limit", label: { key: "meter.key-limit" }, scope: "key" } as const;

/** The quota of the key's own, where it has one. */
function keyQuota({ quota, unit }: Usage): Meter[] {
  if (!quota || quota.limit === "unlimited") return [];
  if (quota.limit === "unknown" && (quota.remaining === "unknown" || quota.remaining === UNLIMITED)) return [];
  return [limited(KEY_LIMIT, quota, { kind: "lifetime" }, unitOf(quota.unit ?? unit))];
}

/** A key without limit whose balance or plan is not told either: what it used is all there is to say. */
function unlimitedQuota({ quota, unit }: Usage): Meter[] {
  if (quota?.limit !== "unlimited") return [];
  return [limited(KEY_LIMIT, { ...quota, remaining: UNLIMITED }, { kind: "lifetime" }, unitOf(quota.unit ?? unit))];
}

function rateLimits(usage: Usage): Meter[] {
  const meters = new Map<string, Meter>();
  for (const rate of usage.rate_limits ?? []) {
    if (typeof rate.limit !== "number") continue;
    const id = WINDOW_IDS.get(rate.window) ?? slug(rate.window);
    meters.set(id, windowMeter(rate, id, unitOf(usage.unit)));
  }
  return [...meters.values()];
}

function windowMeter(rate: RateLimit, id: string, unit: Unit): Meter {
  const lengthMs = lengthOf(rate.window);
  const name = lengthMs === null ? rate.window : windowWords(lengthMs);
  return limited(
    { id, label: { key: "meter.key-budget-of", params: { name } }, scope: "key" },
    rate,
    lengthMs === null
      ? { kind: "period", resetsAt: rate.reset_at, resetBasis: "reported" }
      : rolling(lengthMs, rate.reset_at),
    unit,
  );
}

/** Of "5h" and "7d"; null for a name that says no length. */
function lengthOf(window: string): number | null {
  const [, digits, unit] = /^([1-9]\d{0,3})([hdw])$/.exec(window) ?? [];
  return digits === undefined ? null : Number(digits) * (unit === "h" ? HOUR_MS : unit === "d" ? DAY_MS : 7 * DAY_MS);
}

/** The plan's limits, each where it has one; when they come back is not told. Without any, the month's use is shown. */
function planMeters(plan: Subscription): Meter[] {
  const periods = [
    { period: "day", limit: plan.daily_limit_usd, used: plan.daily_usage_usd },
    { period: "week", limit: plan.weekly_limit_usd, used: plan.weekly_usage_usd },
    { period: "month", limit: plan.monthly_limit_usd, used: plan.monthly_usage_usd },
  ];
  const withLimit = periods.filter(({ limit }) => typeof limit === "number");
  const window: Window = { kind: "period", resetsAt: null, resetBasis: "reported" };
  if (withLimit.length > 0) {
    return withLimit.map(({ period, limit, used }) => {
      const identity = { id: `plan-${period}`, label: { key: `meter.${period}` }, scope: "account" } as const;
      return limited(identity, { limit, used, remaining: "unknown" }, window, unitOf(null));
    });
  }
  return [
    {
      id: "plan-month",
      label: { key: "meter.month" },
      scope: "account",
      unit: unitOf(null),
      limit: "unlimited",
      used: plan.monthly_usage_usd,
      remaining: "unlimited",
      window,
      confidence: "reported",
    },
  ];
}

/**
 * The balance, where the key has no plan; an empty one beside a quota of the key's own is none that ran out. Older servers tell one
 * remainder for both; it is left out where the limits that it comes from are told, because it is the least of them.
 */
function remainder(usage: Usage, has: { readonly quota: boolean; readonly any: boolean }): Meter[] {
  const { mode, planName, subscription, balance, remaining } = usage;
  const unit = unitOf(usage.unit);
  if (!subscription && mode !== "subscription" && balance !== "unknown" && !(balance === 0 && has.quota)) {
    return [balanceMeter(balance, unit)];
  }
  if (has.any || remaining === "unknown") return [];
  if (planName === WALLET) return [balanceMeter(remaining, unit)];
  const unlimited = remaining === UNLIMITED;
  return [
    {
      id: "plan",
      label: { key: "meter.plan" },
      scope: "account",
      unit,
      limit: unlimited ? "unlimited" : "unknown",
      used: "unknown",
      remaining: unlimited ? "unlimited" : inUnit(remaining, unit),
      window: { kind: "period", resetsAt: null, resetBasis: "reported" },
      confidence: "reported",
    },
  ];
}

function balanceMeter(balance: number, unit: Unit): Meter {
  return {
    id: "balance",
    label: { key: "meter.balance" },
    scope: "account",
    unit,
    limit: "unknown",
    used: "unknown",
    remaining: inUnit(balance, unit),
    window: { kind: "balance" },
    confidence: "reported",
  };
}

interface Figures {
  readonly limit: Amount;
  readonly used: number | "unknown";
  readonly remaining: number | "unknown";
}

/** `remaining` never goes below 0 here, so where both are told, limit less used says how far it is overdrawn. */
function limited(
  identity: Readonly<{ id: string; label: Label; scope: Scope }>,
  { limit, used, remaining }: Figures,
  window: Window,
  unit: Unit,
): Meter {
  const rest = subtract(limit, used);
  const overdrawn = typeof rest === "number" && rest < 0;
  if (remaining === UNLIMITED && !overdrawn) {
    const none = { limit: "unlimited", remaining: "unlimited", confidence: "reported" } as const;
    return { ...identity, unit, used: inUnit(used, unit), window, ...none };
  }
  const told = remaining !== "unknown" && !overdrawn;
  return {
    ...identity,
    unit,
    limit: inUnit(limit, unit),
    used: inUnit(used, unit),
    remaining: inUnit(told ? remaining : rest, unit),
    window,
    confidence: told || rest === "unknown" ? "reported" : "derived",
  };
}

/** US dollars where nothing else is told; a currency by its code, and otherwise something that the server counts. */
function unitOf(told: string | null): Unit {
  const code = told?.trim().toUpperCase() ?? "USD";
  return /^[A-Z]{3}$/.test(code) ? { kind: "money", currency: code } : { kind: "units" };
}

/** Figures are parsed as money; other units are counted in whole ones. */
function inUnit<T extends Amount>(value: T, unit: Unit): T | number {
  return typeof value === "number" && unit.kind !== "money" ? fromMicros(value) : value;
}

function notices({ planName, subscription, expires_at }: Usage, now: number): Notice[] {
  const list: Notice[] = [];
  if (planName !== null && planName !== WALLET) list.push({ key: "notice.plan", params: { plan: planName } });
  const planEnds = subscription?.expires_at ?? null;
  if (planEnds !== null) {
    list.push({ key: planEnds > now ? "notice.plan-expires" : "notice.plan-ended", params: { at: planEnds } });
  }
  if (expires_at !== null) {
    list.push({ key: expires_at > now ? "notice.key-expires" : "notice.key-expired", params: { at: expires_at } });
  }
  return list;
}
