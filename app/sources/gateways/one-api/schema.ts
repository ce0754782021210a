import * as z from "zod";

/** `GET /api/status`, as far as it tells this software from others. */
export const statusShape = z.object({
  success: z.literal(true),
  data: z
    .looseObject({ quota_per_unit: z.number(), version: z.string().optional() })
    // Its descendants tell how they display quotas, in which currencies, and more that it never had.
    .refine(
      (data) => !["quota_display_type", "usd_exchange_rate", "self_use_mode_enabled"].some((name) => name in data),
    ),
});
