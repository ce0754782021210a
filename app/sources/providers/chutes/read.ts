import { type Amount, subtract } from "../../../quota/amount.ts";
import { nextUtcReset } from "../../../quota/calendar.ts";
import type { Label, Meter, Window } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { namedWindow, rolling } from "../../named-window.ts";
import type { ReadContext } from "../../source.ts";
import { unlessHidden } from "../../unless-hidden.ts";
import { type ChutesQuota, dailyAnswer, subscriptionAnswer } from "./schema.ts";

/** Where its length is not told; the service describes a window of 4 hours. */
const USUAL_MINUTES = 240;

/** Reads the subscription's quotas; for accounts without one, the day's. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const {
    subscription,
    monthly,
    rolling: short,
  } = await context.getJson("/users/me/subscription_usage", subscriptionAnswer);
  const subscribed = [
    ...(monthly ? meter(namedMonth, monthly, monthWindow(monthly, subscription?.current_period_end ?? null)) : []),
    ...(short ? shortMeter(short) : []),
  ];
  const meters = subscribed.length > 0 ? subscribed : await daily(context);
  const plan = subscription?.plan_name ?? null;
  const notices: Notice[] = [
    ...(plan === null ? [] : [{ key: "notice.plan", params: { plan } }]),
    ...(subscription?.active === false ? [{ key: "notice.plan-inactive", params: { state: "inactive" } }] : []),
    ...(subscribed.length === 0 && plan === null ? [{ key: "notice.no-plan", params: {} }] : []),
    ...(meters.length > 0 ? [{ key: "notice.unit-unknown", params: {} }] : []),
  ];
  return { meters, account: null, notices };
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

/** Empty where the key may not see it, or where the account has no daily quota. */
async function daily(context: ReadContext): Promise<Meter[]> {
  const told = await unlessHidden(async () => {
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
  return told ?? [];
}

/** Empty where no figure is told. What the figures count is not documented, and so each of them is our best guess. */
function meter(
  named: { readonly id: string; readonly label: Label },
  { limit, used, remaining }: ChutesQuota,
  window: Window,
): Meter[] {
  if (used === "unknown" && remaining === "unknown") return [];
  return [
    {
      ...named,
      unit: { kind: "units" },
      limit,
      used: used === "unknown" ? usedOf(limit, remaining) : used,
      remaining: remaining === "unknown" ? subtract(limit, used) : remaining,
      window,
      scope: "account",
      confidence: "estimated",
    },
  ];
}

function usedOf(limit: Amount, remaining: Amount): Amount {
  return typeof limit === "number" && typeof remaining === "number" ? Math.max(0, limit - remaining) : "unknown";
}
