import * as z from "zod";
import { decimal, fraction, ifTold, signedDecimal, signedMoney } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { epochMillis, isoTime } from "../../times.ts";

/** What one allowance tells: of the plan's usage units (requests or tokens, without saying which), or of what its name says. */
const period = z.object({
  used: ifTold(decimal),
  remaining: ifTold(signedDecimal),
  /** Sent as a fraction (0.155), percent (15.5) after parsing. */
  percentUsed: ifTold(fraction),
  /** Sent in epoch milliseconds. */
  resetAt: epochMillis,
});
export type UsagePeriod = z.infer<typeof period>;

/**
 * `GET /api/subscription/v1/usage`. The documentation tells usage units by day and month; other clients of today read tokens by week
 * and day, and images by day. An allowance that a plan does not have is null.
 */
export const usageAnswer = z.object({
  active: z.boolean().nullish().catch(null),
  /** "active", "grace" or "inactive". */
  state: optionalText,
  enforceDailyLimit: z.boolean().nullish().catch(null),
  limits: z
    .object({
      daily: ifTold(decimal),
      monthly: ifTold(decimal),
      weeklyInputTokens: ifTold(decimal),
      dailyInputTokens: ifTold(decimal),
      dailyImages: ifTold(decimal),
    })
    .nullish(),
  daily: period.nullish(),
  monthly: period.nullish(),
  weeklyInputTokens: period.nullish(),
  dailyInputTokens: period.nullish(),
  dailyImages: period.nullish(),
  period: z.object({ currentPeriodEnd: isoTime }).nullish().catch(null),
});
export type Usage = z.infer<typeof usageAnswer>;

/** `POST /api/check-balance`: decimal texts, in micros of each currency after parsing. */
export const balanceAnswer = z.object({ usd_balance: ifTold(signedMoney), nano_balance: ifTold(signedMoney) });
