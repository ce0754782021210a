import * as z from "zod";
import { count, fraction, ifTold } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { isoTime } from "../../times.ts";

const tier = z.object({ id: optionalText, name: optionalText }).nullish().catch(null);

/** `POST /v1internal:loadCodeAssist`. */
export const loadAnswer = z.object({
  cloudaicompanionProject: optionalText,
  currentTier: tier,
  paidTier: tier,
  /** Plans that this account cannot have, with reasons; beside a current one they say nothing. */
  ineligibleTiers: z.array(z.unknown()).nullish().catch(null),
});

const bucket = z.object({
  modelId: optionalText,
  /** "REQUESTS", "TOKENS". */
  tokenType: optionalText,
  /** A decimal text. */
  remainingAmount: ifTold(count),
  /** 0–1, in percent after parsing. Left out: not told, which is not 0. */
  remainingFraction: ifTold(fraction),
  resetTime: isoTime,
});
export type GeminiBucket = z.infer<typeof bucket>;

/** `POST /v1internal:retrieveUserQuota`. All fields are optional; an empty list is left out. */
export const quotaAnswer = z.object({ buckets: z.array(bucket).nullish() });
