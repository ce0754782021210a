import * as z from "zod";
import { count, ifTold, money } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { isoTime } from "../../times.ts";

const flag = z.boolean().nullish().catch(null);

const budget = z.object({
  max_limit: ifTold(money),
  current_usage: ifTold(money),
  /** "1h", "1d", "1w", "1M": m is a minute, M a month. */
  reset_duration: optionalText,
  last_reset: isoTime,
  calendar_aligned: flag,
  /** Only for quarters: the month in which the first one begins, 1 to 12. */
  reset_config: z.object({ quarter_start_month: z.number().nullish() }).nullish().catch(null),
});
export type Budget = z.infer<typeof budget>;

/** A limit that is null or absent is not set. */
const rateLimit = z.object({
  token_max_limit: ifTold(count),
  token_current_usage: ifTold(count),
  token_reset_duration: optionalText,
  token_last_reset: isoTime,
  request_max_limit: ifTold(count),
  request_current_usage: ifTold(count),
  request_reset_duration: optionalText,
  request_last_reset: isoTime,
  calendar_aligned: flag,
});
export type RateLimit = z.infer<typeof rateLimit>;

/** `GET /api/governance/virtual-keys/quota`. US dollars, in micros after parsing. Older versions tell one `budget`. */
export const quotaAnswer = z.object({
  virtual_key_name: optionalText,
  is_active: flag,
  budgets: z.array(budget).nullish(),
  budget: budget.nullish(),
  rate_limit: rateLimit.nullish(),
});
