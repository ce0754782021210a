import * as z from "zod";
import { signedCount } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { epochSeconds } from "../../times.ts";

/** `GET /api/usage/token/`. In quota units. What a key without limit tells of `total_granted` and `total_available` means nothing. */
export const tokenUsageAnswer = z.object({
  data: z.object({
    name: optionalText,
    total_granted: signedCount,
    total_used: signedCount,
    total_available: signedCount,
    unlimited_quota: z.boolean(),
    model_limits_enabled: z.boolean().nullish().catch(null),
    /** 0: never. */
    expires_at: epochSeconds,
  }),
});
export type TokenUsage = z.infer<typeof tokenUsageAnswer>["data"];

/** `GET /api/status`, as far as it tells this software from others. */
export const statusShape = z.object({
  success: z.literal(true),
  data: z
    .looseObject({ quota_per_unit: z.number(), version: z.string().optional() })
    // The first is of 2025; older versions have the others, which its ancestor never had.
    .refine((data) =>
      ["quota_display_type", "usd_exchange_rate", "self_use_mode_enabled"].some((name) => name in data),
    ),
});
