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

/** The windows of one pool of tokens. */
const pool = z.object({ fiveHour: usageWindow, weekly: usageWindow, monthly: usageWindow });
export type FactoryPool = z.infer<typeof pool>;

/** "standard" is the plan's; others ("core", "premium") were seen beside it. What has none of the windows is no pool. */
const pools = z.record(z.string(), z.unknown()).transform((members, context) => {
  const found: { readonly name: string; readonly windows: FactoryPool }[] = [];
  for (const [name, value] of Object.entries(members)) {
    const windows = typeof value === "object" && value !== null ? Object.keys(value) : [];
    if (!windows.some((window) => ["fiveHour", "weekly", "monthly"].includes(window))) continue;
    const parsed = pool.safeParse(value);
    if (parsed.success) found.push({ name, windows: parsed.data });
    for (const { path, message } of parsed.error?.issues ?? []) {
      context.addIssue({ code: "custom", path: [name, ...path], message });
    }
  }
  return found;
});

/** `GET /api/billing/limits`. Accounts on the earlier token plan have no `limits`. */
export const limitsAnswer = z.object({
  usesTokenRateLimitsBilling: z.boolean(),
  limits: pools.nullish(),
  extraUsageBalanceCents: ifTold(moneyIn(CENTS, "signed")),
  extraUsageAllowed: z.boolean().nullish().catch(null),
});
