import * as z from "zod";
import { decimal, fraction, ifTold, signedDecimal, signedMoney } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { epochMillis, isoTime } from "../../times.ts";

/** Usage units, which the plan counts in requests or tokens without saying which. */
const period = z.object({
  used: ifTold(decimal),
  remaining: ifTold(signedDecimal),
  /** Sent as a fraction (0.155), percent (15.5) after parsing. */
  percentUsed: ifTold(fraction),
  /** Sent in epoch milliseconds. */
  resetAt: epochMillis,
});
export type UsagePeriod = z.infer<typeof period>;

/** `GET /api/subscription/v1/usage`. */
export const usageAnswer = z.object({
  active: z.boolean().nullish().catch(null),
  /** "active", "grace" or "inactive". */
  state: optionalText,
  enforceDailyLimit: z.boolean().nullish().catch(null),
  limits: z.object({ daily: ifTold(decimal), monthly: ifTold(decimal) }).nullish(),
  daily: period.nullish(),
  monthly: period.nullish(),
  period: z.object({ currentPeriodEnd: isoTime }).nullish().catch(null),
});
export type Usage = z.infer<typeof usageAnswer>;

/** `POST /api/check-balance`: decimal texts, in micros of each currency after parsing. */
export const balanceAnswer = z.object({ usd_balance: ifTold(signedMoney), nano_balance: ifTold(signedMoney) });
