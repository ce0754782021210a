import * as z from "zod";
import { currencyCode } from "../../currency.ts";
import { ifTold, money } from "../../numbers.ts";

/**
 * `GET /v1/admin/spend-limit`. Major units, in micros after parsing. The documentation's example shows no more than whether
 * the limit is reached, so the amounts may be missing.
 */
export const spendLimitAnswer = z.object({
  limits: z.object({
    currency: currencyCode,
    last_payment_failure: z.boolean().nullish().catch(null),
    completion: z.object({
      /** True: the organization set no limit. */
      no_monthly_limit: z.boolean().nullish(),
      monthly_limit_reached: z.boolean().nullish(),
      /** All that counts against the limit: `usage` and `vibe_usage` together. */
      total_usage: ifTold(money),
      usage_limit: ifTold(money),
    }),
  }),
});
