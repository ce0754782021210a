import { subtract } from "../../../quota/amount.ts";
import type { Meter } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { balanceMeters } from "../../balance-reader.ts";
import { DAY_MS, HOUR_MS, namedWindow, rolling } from "../../named-window.ts";
import { percentMeter } from "../../percent-meter.ts";
import type { ReadContext, RequestOptions } from "../../source.ts";
import { unlessHidden } from "../../unless-hidden.ts";
import { balanceAnswer, type Quota, type Subscription, subscriptionAnswer } from "./schema.ts";

/** Reads the subscription's windows and the pay-as-you-go balance. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const { data } = await context.getJson("/api/v1/management/subscription/detail", subscriptionAnswer, { judge });
  const balance = await readBalance(context);
  return {
    account: null,
    notices: notices(data),
    meters: [
      ...(data.quota_5_hour ? windowMeter(data.quota_5_hour, 5 * HOUR_MS) : []),
      ...(data.quota_7_day ? windowMeter(data.quota_7_day, 7 * DAY_MS) : []),
      ...balance,
    ],
  };
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

/** None where this key may not see it. */
async function readBalance(context: ReadContext): Promise<Meter[]> {
  const told = await unlessHidden(async () => {
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
  return told ?? [];
}

function notices({ plan, account_status: state }: Subscription): Notice[] {
  const tier = plan?.tier ?? null;
  return [
    ...(tier === null ? [] : [{ key: "notice.plan", params: { plan: tier } }]),
    ...(state === null || state === "healthy" ? [] : [{ key: "notice.account-status", params: { state } }]),
  ];
}
