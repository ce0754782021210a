import type * as z from "zod";
import { nextUtcReset } from "../../../quota/calendar.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Label, Meter, Window } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { difference, usedOf } from "../../difference.ts";
import { namedWindow, rolling } from "../../named-window.ts";
import { isNoQuota } from "../../no-quota.ts";
import type { ReadContext } from "../../source.ts";
import { unlessHidden } from "../../unless-hidden.ts";
import { type ChutesQuota, dailyAnswer, subscriptionAnswer } from "./schema.ts";

/** Where its length is not told; the service describes a window of 4 hours. */
const USUAL_MINUTES = 240;

/** Reads the subscription's quotas; for accounts without one, the day's. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const answer = await readSubscription(context);
  const { subscription, monthly, rolling: short, saysNone } = "failed" in answer ? UNTOLD : answer;
  const subscribed = [
    ...(monthly ? meter(namedMonth, monthly, monthWindow(monthly, subscription?.current_period_end ?? null)) : []),
    ...(short ? shortMeter(short) : []),
  ];
  const day = subscribed.length > 0 ? [] : await daily(context);
  // Neither route is there: this is no address of the service.
  if ("failed" in answer && day === null) throw answer.failed;
  const meters = [...subscribed, ...(day ?? [])];
  const plan = subscription?.plan_name ?? null;
  const notices: Notice[] = [
    ...(plan === null ? [] : [{ key: "notice.plan", params: { plan } }]),
    ...(subscription?.active === false ? [{ key: "notice.plan-inactive", params: { state: "inactive" } }] : []),
    ...(saysNone && subscribed.length === 0 ? [{ key: "notice.no-plan", params: {} }] : []),
    ...(meters.length > 0
      ? [{ key: "notice.unit-unknown", params: {} }]
      : saysNone
        ? []
        : [{ key: "notice.no-limits-told", params: {} }]),
  ];
  return { meters, account: null, notices };
}

type SubscriptionAnswer = z.infer<typeof subscriptionAnswer>;

const UNTOLD: SubscriptionAnswer = { subscription: null, monthly: undefined, rolling: undefined, saysNone: false };

/** Where the route is not there (404), what it said: the day's quota may be told all the same. */
async function readSubscription(context: ReadContext): Promise<SubscriptionAnswer | { readonly failed: ReadError }> {
  try {
    return await context.getJson("/users/me/subscription_usage", subscriptionAnswer);
  } catch (error) {
    if (error instanceof ReadError && error.failure.cause === "not-found") return { failed: error };
    throw error;
  }
}

const namedMonth = { id: "month", label: { key: "meter.month" } } as const;

function monthWindow({ resetsAt }: ChutesQuota, periodEnd: number | null): Window {
  return { kind: "period", resetsAt: resetsAt ?? periodEnd, resetBasis: "reported" };
}

function shortMeter(told: ChutesQuota): Meter[] {
  const minutes = told.minutes === "unknown" || told.minutes === 0 ? USUAL_MINUTES : told.minutes;
  const lengthMs = minutes * 60_000;
  return meter(namedWindow(lengthMs), told, rolling(lengthMs, told.resetsAt));
}

/** Empty where the account has no daily quota; null where the key may not see it, or the route is not there. */
function daily(context: ReadContext): Promise<Meter[] | null> {
  return unlessHidden(async () => {
    const told = await context.getJson("/users/me/quota_usage/me", dailyAnswer);
    if (told.limit === 0) return [];
    const resetsAt = told.resetsAt ?? nextUtcReset("day", context.now);
    return meter({ id: "day", label: { key: "meter.day" } }, told, {
      kind: "calendar",
      period: "day",
      timeZone: "UTC",
      resetsAt,
      resetBasis: told.resetsAt === null ? "derived" : "reported",
    });
  });
}

/** Empty where no figure is told. What the figures count is not documented, and so each of them is our best guess. */
function meter(
  named: { readonly id: string; readonly label: Label },
  { limit, used, remaining }: ChutesQuota,
  window: Window,
): Meter[] {
  if (used === "unknown" && remaining === "unknown") return [];
  if (isNoQuota({ limit, used, remaining })) return [];
  return [
    {
      ...named,
      unit: { kind: "units" },
      limit,
      used: used === "unknown" ? usedOf(limit, remaining) : used,
      remaining: remaining === "unknown" ? difference(limit, used) : remaining,
      window,
      scope: "account",
      confidence: "estimated",
    },
  ];
}
