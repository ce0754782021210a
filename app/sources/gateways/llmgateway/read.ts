import { subtract } from "../../../quota/amount.ts";
import type { Meter, Unit } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import type { ReadContext } from "../../source.ts";
import { type KeyData, keyAnswer } from "./schema.ts";

const USD: Unit = { kind: "money", currency: "USD" };
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Reads the key's own limit and the dev plan of its organization. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const { data } = await context.getJson("/v1/key", keyAnswer);
  const plan = data.devPlan === null || data.devPlan === "none" ? null : data.devPlan;
  return {
    account: data.label,
    notices: plan === null ? [] : [{ key: "notice.plan", params: { plan } }],
    meters: [keyLimit(data), ...(plan === null ? [] : [...planCredits(data), ...premiumCredits(data)])],
  };
}

function keyLimit({ limit, usage }: KeyData): Meter {
  return {
    id: "key-limit",
    label: { key: "meter.key-limit" },
    unit: USD,
    limit,
    used: usage,
    remaining: subtract(limit, usage),
    window: { kind: "lifetime" },
    scope: "key",
    confidence: typeof limit === "number" ? "derived" : "reported",
  };
}

/** They come back with the billing cycle, whose date is not told. */
function planCredits(data: KeyData): Meter[] {
  const { devPlanCreditsLimit: limit, devPlanCreditsUsed: used, devPlanCreditsRemaining: told } = data;
  const remaining = told === "unknown" ? subtract(limit, used) : told;
  if (limit === "unknown" && used === "unknown" && remaining === "unknown") return [];
  return [
    {
      id: "plan",
      label: { key: "meter.plan" },
      unit: USD,
      limit,
      used,
      remaining,
      window: { kind: "period", resetsAt: null, resetBasis: "reported" },
      scope: "organization",
      confidence: told === "unknown" ? "derived" : "reported",
    },
  ];
}

/** What a limit of 0 means is not documented: that the plan has no share for them is as likely as that it has no limit. */
function premiumCredits(data: KeyData): Meter[] {
  const { devPlanPremiumWeeklyLimit: limit, devPlanPremiumCreditsUsed: used } = data;
  if (limit === 0 || (limit === "unknown" && used === "unknown")) return [];
  return [
    {
      id: "plan-premium",
      label: { key: "meter.plan-premium" },
      unit: USD,
      limit,
      used,
      remaining: subtract(limit, used),
      window: {
        kind: "rolling",
        lengthMs: WEEK_MS,
        resetsAt: data.devPlanPremiumWeekResetsAt,
        resetBasis: "reported",
      },
      scope: "organization",
      confidence: "derived",
    },
  ];
}
