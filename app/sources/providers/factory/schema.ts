import * as z from "zod";
import { count, ifTold, moneyIn, percent } from "../../numbers.ts";
import { anyTime } from "../../times.ts";

const usageWindow = z
  .object({
    /** 0–100. */
    usedPercent: ifTold(percent),
    /** ISO or epoch; both were seen. Left out before the first use. */
    windowEnd: anyTime,
    secondsRemaining: count.nullish().catch(null),
  })
  .nullish();
export type FactoryWindow = z.infer<typeof usageWindow>;

const CENTS = 100;

/** `GET /api/billing/limits`. Accounts on the earlier token plan have no `limits`. */
export const limitsAnswer = z.object({
  usesTokenRateLimitsBilling: z.boolean(),
  limits: z
    .object({
      standard: z.object({ fiveHour: usageWindow, weekly: usageWindow, monthly: usageWindow }).nullish(),
    })
    .nullish(),
  extraUsageBalanceCents: ifTold(moneyIn(CENTS, "signed")),
  extraUsageAllowed: z.boolean().nullish().catch(null),
});
