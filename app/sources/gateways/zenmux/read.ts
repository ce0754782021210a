import { subtract } from "../../../quota/amount.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Meter } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { balanceMeters } from "../../balance-reader.ts";
import { DAY_MS, HOUR_MS, namedWindow, rolling } from "../../named-window.ts";
import { orRefusal } from "../../or-refusal.ts";
import { percentMeter } from "../../percent-meter.ts";
import type { ReadContext, RequestOptions } from "../../source.ts";
import { unlessHidden } from "../../unless-hidden.ts";
import { balanceAnswer, type Quota, type Subscription, subscriptionAnswer } from "./schema.ts";

/** Reads the subscription's windows and the pay-as-you-go balance. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const told = await readSubscription(context);
  const subscription = told instanceof ReadError || told === null ? [] : windowMeters(told);
  const balance = await readBalance(context);
  if (told instanceof ReadError && balance === null) throw told;
  // Who lives on a subscription needs no purse, and an empty one beside it is no quota that ran out.
  const purse = (balance ?? []).filter(({ remaining }) => remaining !== 0 || subscription.length === 0);
  const meters = [...subscription, ...purse];
  return {
    account: null,
    notices:
      told instanceof ReadError ? [{ key: "notice.no-limits-told", params: {} }] : notices(told, meters.length === 0),
    meters,
  };
}

/** Null without a subscription. */
function readSubscription(context: ReadContext): Promise<Subscription | null | ReadError> {
  return orRefusal(
    async () => (await context.getJson("/api/v1/management/subscription/detail", subscriptionAnswer, { judge })).data,
  );
}

function windowMeters({ quota_5_hour, quota_7_day }: Subscription): Meter[] {
  return [
    ...(quota_5_hour ? windowMeter(quota_5_hour, 5 * HOUR_MS) : []),
    ...(quota_7_day ? windowMeter(quota_7_day, 7 * DAY_MS) : []),
  ];
}

/** Its own rate limit is documented as a 422, and errors come as `success: false`. */
const judge: NonNullable<RequestOptions["judge"]> = ({ status, body }) => {
  if (status === 422) return { cause: "rate-limited" };
  const failed = typeof body === "object" && body !== null && "success" in body && body.success === false;
  return failed && status === 200
    ? { cause: "unexpected-shape", detail: "the answer says that it is no success" }
    : null;
};

/** Flows are ZenMux's own unit, whose price moves. */
function windowMeter(quota: Quota, lengthMs: number): Meter[] {
  const { usage_percentage: percent, max_flows: limit, used_flows: used, remaining_flows: told } = quota;
  const shared = { ...namedWindow(lengthMs), window: rolling(lengthMs, quota.resets_at), scope: "account" } as const;
  if (used === "unknown" && told === "unknown") {
    return percent === "unknown" ? [] : [percentMeter({ ...shared, used: percent })];
  }
  return [
    {
      ...shared,
      unit: { kind: "units" },
      limit,
      used,
      remaining: told === "unknown" ? subtract(limit, used) : told,
      confidence: told === "unknown" ? "derived" : "reported",
    },
  ];
}

/** Null where this key may not see it. */
async function readBalance(context: ReadContext): Promise<Meter[] | null> {
  return unlessHidden(async () => {
    const { data } = await context.getJson("/api/v1/management/payg/balance", balanceAnswer, { judge });
    return balanceMeters([
      {
        unit: { kind: "money", currency: data.currency },
        remaining: data.total_credits,
        granted: data.bonus_credits,
        paid: data.top_up_credits,
      },
    ]);
  });
}

function notices(subscription: Subscription | null, nothingTold: boolean): Notice[] {
  const nothing: Notice[] = nothingTold ? [{ key: "notice.nothing-told", params: {} }] : [];
  if (subscription === null) return [{ key: "notice.no-plan", params: {} }, ...nothing];
  const { plan, account_status: state } = subscription;
  const tier = plan?.tier ?? null;
  return [
    ...(tier === null ? [] : [{ key: "notice.plan", params: { plan: tier } }]),
    ...(state === null || state === "healthy" ? [] : [{ key: "notice.account-status", params: { state } }]),
    ...nothing,
  ];
}
