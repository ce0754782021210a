import { type Amount, subtract } from "../../../quota/amount.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Reading } from "../../../quota/reading.ts";
import { monthToDate } from "../../month-to-date.ts";
import type { ReadContext } from "../../source.ts";
import { spendLimitAnswer } from "./schema.ts";

/** Reads the organization's spend of the month against its limit. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const { limits } = await context.getJson("/v1/admin/spend-limit", spendLimitAnswer);
  const { no_monthly_limit, monthly_limit_reached, total_usage: used, usage_limit } = limits.completion;
  if (no_monthly_limit == null && monthly_limit_reached == null && used === "unknown" && usage_limit === "unknown") {
    throw new ReadError("unexpected-shape", { detail: "limits.completion: none of the known fields" });
  }
  const limit: Amount = no_monthly_limit === true ? "unlimited" : usage_limit;
  return {
    account: null,
    notices: limits.last_payment_failure === true ? [{ key: "notice.payment-failed", params: {} }] : [],
    meters: [
      {
        id: "spend-limit",
        label: { key: "meter.spend-limit" },
        unit: { kind: "money", currency: limits.currency },
        limit,
        used,
        remaining: monthly_limit_reached === true ? nothing(limit, used) : subtract(limit, used),
        window: monthToDate(context.now).window,
        scope: "organization",
        confidence: "estimated",
      },
    ],
  };
}

/** Once the service says that the limit is reached, nothing is left, whatever its figures, which may lag behind. */
function nothing(limit: Amount, used: Amount): number {
  const remaining = subtract(limit, used);
  return typeof remaining === "number" ? Math.min(0, remaining) : 0;
}
