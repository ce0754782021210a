import * as z from "zod";
import { ifTold, limitOf, money, signedMoney } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { isoTime } from "../../times.ts";

/** 0 and null are no limit. */
const limit = limitOf(money).transform((value) => (value === 0 ? "unlimited" : value));

const quota = z.object({
  limit,
  used: ifTold(money),
  remaining: ifTold(signedMoney),
  unit: optionalText,
});
export type Quota = z.infer<typeof quota>;

const rateLimit = z.object({
  /** "5h", "1d", "7d"; -1 remains of one without limit. */
  window: z.string(),
  limit,
  used: ifTold(money),
  remaining: ifTold(signedMoney),
  /** Absent until the window's first request. */
  reset_at: isoTime,
});
export type RateLimit = z.infer<typeof rateLimit>;

const subscription = z.object({
  daily_usage_usd: ifTold(money),
  daily_limit_usd: limit,
  weekly_usage_usd: ifTold(money),
  weekly_limit_usd: limit,
  monthly_usage_usd: ifTold(money),
  monthly_limit_usd: limit,
  expires_at: isoTime,
});
export type Subscription = z.infer<typeof subscription>;

/** `GET /v1/usage`. Amounts are in the unit that is told beside them (US dollars where none is), in micros after parsing. */
export const usageAnswer = z.object({
  isValid: z.boolean(),
  mode: optionalText,
  planName: optionalText,
  unit: optionalText,
  /** -1: unlimited. */
  remaining: ifTold(signedMoney),
  balance: ifTold(signedMoney),
  quota: quota.nullish(),
  rate_limits: z.array(rateLimit).nullish(),
  subscription: subscription.nullish(),
  expires_at: isoTime,
});
export type Usage = z.infer<typeof usageAnswer>;
