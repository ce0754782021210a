import * as z from "zod";
import { percent } from "../../numbers.ts";
import { isoTime } from "../../times.ts";

/** `GET /v1/billing?format=credits`. */
export const billingAnswer = z.object({
  config: z
    .object({
      /** Used, 0–100. Left out means 0: the service leaves out what has its usual value. Null is not told. */
      creditUsagePercent: percent.nullish().transform((told) => (told === null ? "unknown" : (told ?? 0))),
      currentPeriod: z.object({ end: isoTime }).nullish().catch(null),
      billingPeriodEnd: isoTime,
    })
    // Nothing at all is another service's answer, not an unused plan.
    .refine(
      (config) =>
        (config.creditUsagePercent !== "unknown" && config.creditUsagePercent > 0) ||
        config.currentPeriod ||
        config.billingPeriodEnd !== null,
      {
        path: ["creditUsagePercent"],
        error: "missing",
      },
    ),
});
