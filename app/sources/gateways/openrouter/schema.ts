import * as z from "zod";
import { count, ifTold, limitOf, money, signedCount, signedMoney } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { isoTime } from "../../times.ts";

const data = z.object({
  /** Masked by OpenRouter ("sk-or-v1-ab1...9f2"), or the name of the key. */
  label: optionalText,
  /** null: the key has no limit of its own. */
  limit: limitOf(money),
  limit_remaining: ifTold(signedMoney),
  /** null (never), "daily", "weekly" or "monthly". */
  limit_reset: optionalText,
  /** Over the key's whole life, then by UTC calendar. */
  usage: ifTold(money),
  usage_daily: ifTold(money),
  usage_weekly: ifTold(money),
  usage_monthly: ifTold(money),
  is_free_tier: z.boolean().nullish().catch(null),
  expires_at: isoTime,
  free_model_daily_requests: z.object({ limit: limitOf(count), remaining: ifTold(signedCount) }).nullish(),
});

/** `GET /api/v1/key`. US dollars, in micros after parsing. */
export const keyAnswer = z.object({ data });
export type KeyData = z.infer<typeof data>;

/** `GET /api/v1/credits`. US dollars bought and spent over the account's whole life, in micros after parsing. */
export const creditsAnswer = z.object({ data: z.object({ total_credits: money, total_usage: money }) });
