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
  /** Epoch seconds; null where the tier has no reset. */
  next_character_count_reset_unix: epochSeconds,
});

/** What a key gets that may not read its user: a 401, although the key itself is fine. */
export const refusal = z.object({ detail: z.object({ status: z.string() }) });
