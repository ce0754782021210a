import { type Amount, subtract } from "../../../quota/amount.ts";
import { nextUtcReset } from "../../../quota/calendar.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Confidence, Meter, Unit, Window } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import type { ReadContext } from "../../source.ts";
import { unlessHidden } from "../../unless-hidden.ts";
import { creditsAnswer, type KeyData, keyAnswer } from "./schema.ts";

const USD: Unit = { kind: "money", currency: "USD" };

/**
 * Reads the key's own limit, its free-model requests, and the account's balance where this key may see it.
 * Throws ReadError; only a key that may not see the balance is no failure.
 */
export async function read(context: ReadContext): Promise<Reading> {
  const { data } = await context.getJson("/api/v1/key", keyAnswer);
  const balance = await readBalance(context);
  const free = freeRequests(data, context.now);
  return {
    meters: [keyLimit(data, context.now), ...(balance === null ? [] : [balance]), ...(free === null ? [] : [free])],
    account: data.label,
    // Nothing here names the account: `creator_user_id` is who made the key, also where it is an organization's.
    notices: notices(data, context.now),
  };
}

function keyLimit(data: KeyData, now: number): Meter {
  return {
    id: "key-limit",
    label: { key: "meter.key-limit" },
    unit: USD,
    scope: "key",
    ...(data.limit === "unlimited" ? unlimitedKey(data, now) : limitedKey(data, data.limit, now)),
  };
}

type KeyFigures = Pick<Meter, "limit" | "used" | "remaining" | "window" | "confidence">;

/** Without a limit the spend of this month is shown, because that is what a bill is made of; else the lifetime's. */
function unlimitedKey(data: KeyData, now: number): KeyFigures {
  const monthly = data.usage_monthly !== "unknown";
  return {
    limit: "unlimited",
    used: monthly ? data.usage_monthly : data.usage,
    remaining: "unlimited",
    window: monthly ? utcWindow("month", now) : { kind: "lifetime" },
    confidence: "reported",
  };
}

/** What was used counts from the last reset, so it follows from the limit; `usage` is the whole life of the key. */
function limitedKey(data: KeyData, limit: number | "unknown", now: number): KeyFigures {
  const { window, usage } = limitWindow(data, now);
  const remaining = data.limit_remaining;
  if (remaining === "unknown") {
    // The usage of the same calendar period may differ: a limit can be set in the middle of it, or leave out own keys.
    const confidence: Confidence = limit === "unknown" || usage === "unknown" ? "reported" : "estimated";
    return { limit, used: usage, remaining: subtract(limit, usage), window, confidence };
  }
  const used: Amount = limit === "unknown" ? usage : Math.max(0, limit - remaining);
  return { limit, used, remaining, window, confidence: "reported" };
}

/** OpenRouter sends no reset time; its documentation says midnight UTC, Monday 00:00 UTC, and the first of the month. */
function limitWindow(data: KeyData, now: number): { window: Window; usage: number | "unknown" } {
  switch (data.limit_reset) {
    case "daily":
      return { window: utcWindow("day", now), usage: data.usage_daily };
    case "weekly":
      return { window: utcWindow("week", now), usage: data.usage_weekly };
    case "monthly":
      return { window: utcWindow("month", now), usage: data.usage_monthly };
    case null:
      return { window: { kind: "lifetime" }, usage: data.usage };
    default:
      return { window: { kind: "period", resetsAt: null, resetBasis: "derived" }, usage: "unknown" };
  }
}

function utcWindow(period: "day" | "week" | "month", now: number): Window {
  return { kind: "calendar", period, timeZone: "UTC", resetsAt: nextUtcReset(period, now), resetBasis: "derived" };
}

/**
 * Credits bought less credits spent. Documented for management keys; ordinary keys were let in, too, so each poll asks:
 * a refusal costs one small request, while remembering it would miss a key whose permission changes.
 * Null where the key may not know. Other failures (a time-out, a 500) end the poll, so that the last balance stays in sight.
 */
async function readBalance(context: ReadContext): Promise<Meter | null> {
  return unlessHidden(async () => {
    try {
      const { data } = await context.getJson("/api/v1/credits", creditsAnswer);
      // What ordinary keys get to see at times; an account that never had credits has nothing to watch either.
      if (data.total_credits === 0 && data.total_usage === 0) return null;
      return balanceMeter(data.total_usage, data.total_credits - data.total_usage);
    } catch (error) {
      if (!(error instanceof ReadError) || error.failure.cause !== "quota-used-up") throw error;
      // 402 is documented as "credits negative": how far is not told, but nothing is left.
      return balanceMeter("unknown", 0);
    }
  });
}

/** The limit of a balance is unknown on purpose: a share of all credits ever bought would say nothing. */
function balanceMeter(used: Amount, remaining: number): Meter {
  return {
    id: "balance",
    label: { key: "meter.balance" },
    unit: USD,
    limit: "unknown",
    used,
    remaining,
    window: { kind: "balance" },
    scope: "account",
    confidence: "derived",
  };
}

function freeRequests(data: KeyData, now: number): Meter | null {
  const free = data.free_model_daily_requests;
  if (!free) return null;
  const { limit, remaining } = free;
  if (limit === "unknown" && remaining === "unknown") return null;
  const numbers = typeof limit === "number" && typeof remaining === "number";
  return {
    id: "free-requests",
    label: { key: "meter.free-requests" },
    unit: { kind: "requests" },
    limit,
    used: numbers ? Math.max(0, limit - remaining) : "unknown",
    remaining: limit === "unlimited" ? "unlimited" : remaining,
    window: utcWindow("day", now),
    scope: "account",
    confidence: "reported",
  };
}

function notices(data: KeyData, now: number): Notice[] {
  const list: Notice[] = [];
  if (data.is_free_tier) list.push({ key: "notice.free-tier", params: {} });
  const { expires_at: at } = data;
  if (at !== null) list.push({ key: at > now ? "notice.key-expires" : "notice.key-expired", params: { at } });
  return list;
}
