import * as z from "zod";
import { currencyCode } from "../../currency.ts";
import { decimal, fraction, ifTold, money, signedDecimal, signedMoney } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { isoTime } from "../../times.ts";

const quota = z.object({
  /** Sent as a fraction of what there is (0.3938) that was used, percent (39.38) after parsing. */
  usage_percentage: ifTold(fraction),
  /** null before the window's first use. */
  resets_at: isoTime,
  max_flows: ifTold(decimal),
  used_flows: ifTold(decimal),
  remaining_flows: ifTold(signedDecimal),
});
export type Quota = z.infer<typeof quota>;

/** `GET /api/v1/management/subscription/detail`. */
export const subscriptionAnswer = z.object({
  /** null: no subscription. */
  data: z
    .object({
      plan: z.object({ tier: optionalText }).nullish().catch(null),
      /** "healthy", "monitored", "abusive", "suspended" or "banned". */
      account_status: optionalText,
      quota_5_hour: quota.nullish(),
      quota_7_day: quota.nullish(),
    })
    .nullable(),
});
export type Subscription = NonNullable<z.infer<typeof subscriptionAnswer>["data"]>;

/** `GET /api/v1/management/payg/balance`: major units of its currency, in micros after parsing. */
export const balanceAnswer = z.object({
  data: z.object({
    currency: currencyCode,
    total_credits: signedMoney,
    top_up_credits: ifTold(money),
    bonus_credits: ifTold(money),
  }),
});
