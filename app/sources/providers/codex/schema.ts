import * as z from "zod";
import { count, decimal, ifTold, percent, signedDecimal, signedPercent } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { epochSeconds } from "../../times.ts";

const usageWindow = z.object({
  /** 0–100. */
  used_percent: ifTold(percent),
  /** 18000 (5 h), 604800 (a week), 2628000 (a month). Which slot a window stands in says nothing. */
  limit_window_seconds: count.nullish(),
  reset_after_seconds: count.nullish().catch(null),
  reset_at: epochSeconds,
});
export type CodexWindow = z.infer<typeof usageWindow>;

const rateLimit = z.object({ primary_window: usageWindow.nullish(), secondary_window: usageWindow.nullish() });
export type CodexRateLimit = z.infer<typeof rateLimit>;

const additionalLimit = z.object({
  limit_name: optionalText,
  metered_feature: optionalText,
  rate_limit: rateLimit.nullish(),
});

const credits = z.object({
  has_credits: z.boolean().nullish().catch(null),
  unlimited: z.boolean().nullish().catch(null),
  /** A decimal text, or null; empty where there is none. */
  balance: z.preprocess((value) => (value === "" ? null : value), ifTold(signedDecimal)),
});

/** Figures are decimal texts, in credits; some answers tell the percentages alone. */
const individualLimit = z.object({
  limit: ifTold(decimal),
  used: ifTold(decimal),
  remaining: ifTold(signedDecimal),
  used_percent: ifTold(percent),
  remaining_percent: ifTold(signedPercent),
  reset_after_seconds: count.nullish().catch(null),
  reset_at: epochSeconds,
});

/** `GET /wham/usage`. `rate_limit` null: the plan has no such limits. */
export const usageAnswer = z.object({
  plan_type: optionalText,
  rate_limit: rateLimit.nullable(),
  code_review_rate_limit: rateLimit.nullish(),
  additional_rate_limits: z.array(additionalLimit).nullish(),
  credits: credits.nullish(),
  spend_control: z.object({ individual_limit: individualLimit.nullish() }).nullish(),
});
export type CodexUsage = z.infer<typeof usageAnswer>;
