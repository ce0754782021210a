import { subtract } from "../../../quota/amount.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Label, Meter, Unit } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import type { ReadContext } from "../../source.ts";
import { durationId, durationWords, hasEnded, type ResetRule, windowAt } from "./reset.ts";
import { type Budget, quotaAnswer, type RateLimit } from "./schema.ts";

const USD: Unit = { kind: "money", currency: "USD" };

/** Reads the virtual key's own budgets and limits. Throws ReadError; versions without the route are "not-found". */
export async function read(context: ReadContext): Promise<Reading> {
  const answer = await context.getJson("/api/governance/virtual-keys/quota", quotaAnswer);
  const { virtual_key_name: account, budgets, budget, rate_limit } = answer;
  if (account === null && budgets === undefined && budget === undefined && rate_limit === undefined) {
    throw new ReadError("unexpected-shape", { detail: "the answer tells neither budgets nor rate limits" });
  }
  const all = budgets ?? (budget ? [budget] : []);
  const limits = rate_limit ? rateLimits(rate_limit, context.now) : [];
  const meters = [...budgetMeters(all, context.now), ...limits];
  return {
    account,
    notices: notices(answer.is_active),
    meters: meters.length === 0 ? [unlimitedKey] : meters,
  };
}

/** The key is told, and told without any budget: that is how Bifrost says that it has none. */
const unlimitedKey: Meter = {
  id: "key-budget",
  label: { key: "meter.key-budget" },
  unit: USD,
  limit: "unlimited",
  used: "unknown",
  remaining: "unlimited",
  window: { kind: "lifetime" },
  scope: "key",
  confidence: "reported",
};

/** A key has at most one budget of each duration, so that the duration names it. */
function budgetMeters(budgets: readonly Budget[], now: number): Meter[] {
  const taken = new Set<string>();
  return budgets.map((budget) => {
    const { max_limit: limit, reset_duration: duration } = budget;
    const base = `key-budget-${durationId(duration) ?? "other"}`;
    let number = 1;
    while (taken.has(numbered(base, number))) number++;
    taken.add(numbered(base, number));
    return {
      id: numbered(base, number),
      label: budgets.length === 1 || duration === null ? { key: "meter.key-budget" } : labelOf(duration, number),
      unit: USD,
      limit,
      scope: "key",
      ...running(
        limit,
        budget.current_usage,
        {
          duration,
          lastReset: budget.last_reset,
          calendarAligned: budget.calendar_aligned === true,
          quarterStartMonth: budget.reset_config?.quarter_start_month,
        },
        now,
      ),
    };
  });
}

function numbered(base: string, number: number): string {
  return number === 1 ? base : `${base}-${number}`;
}

function labelOf(duration: string, number: number): Label {
  const words = durationWords(duration);
  return { key: "meter.key-budget-of", params: { name: number === 1 ? words : `${words} (${number})` } };
}

/** The figures of a window while it runs. What an ended one had used is nobody's quota any more. */
function running(
  limit: number | "unknown",
  told: number | "unknown",
  rule: ResetRule,
  now: number,
): Pick<Meter, "used" | "remaining" | "window" | "confidence"> {
  const used = hasEnded(rule, now) ? "unknown" : told;
  return { used, remaining: subtract(limit, used), window: windowAt(rule, now), confidence: "derived" };
}

function rateLimits(told: RateLimit, now: number): Meter[] {
  const calendarAligned = told.calendar_aligned === true;
  const tokens = { duration: told.token_reset_duration, lastReset: told.token_last_reset, calendarAligned };
  const requests = { duration: told.request_reset_duration, lastReset: told.request_last_reset, calendarAligned };
  return [
    ...rateLimit("tokens", told.token_max_limit, running(told.token_max_limit, told.token_current_usage, tokens, now)),
    ...rateLimit(
      "requests",
      told.request_max_limit,
      running(told.request_max_limit, told.request_current_usage, requests, now),
    ),
  ];
}

function rateLimit(
  kind: "tokens" | "requests",
  limit: number | "unknown",
  figures: ReturnType<typeof running>,
): Meter[] {
  if (limit === "unknown") return [];
  return [{ id: kind, label: { key: `meter.${kind}` }, unit: { kind }, limit, scope: "key", ...figures }];
}

function notices(active: boolean | null | undefined): Notice[] {
  const hidden: Notice = { key: "notice.higher-budgets-hidden", params: {} };
  return active === false ? [{ key: "notice.key-disabled", params: {} }, hidden] : [hidden];
}
