import * as z from "zod";
import { count, ifTold } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { epochSeconds } from "../../times.ts";

/** `GET /v1/user/subscription`. Characters are what the service counts, also where it calls them credits. */
export const subscriptionAnswer = z.object({
  tier: optionalText,
  status: optionalText,
  /** Used since the last reset; may pass the limit where overage is allowed. */
  character_count: count,
  character_limit: ifTold(count),
  /** Use beyond the limit is allowed, and billed. */
  can_extend_character_limit: z.boolean().nullish().catch(null),
  /** By how much at most; 0: not at all. Not told, or in another form ("unlimited"), is not told. */
  max_credit_limit_extension: ifTold(count).catch("unknown"),
  /** Epoch seconds; null where the tier has no reset. */
  next_character_count_reset_unix: epochSeconds,
});

/** What a key gets that may not read its user: a 401, although the key itself is fine. */
export const refusal = z.object({ detail: z.object({ status: z.string() }) });
