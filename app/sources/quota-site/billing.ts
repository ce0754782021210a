import * as z from "zod";
import type { Meter } from "../../quota/meter.ts";
import type { Notice } from "../../quota/reading.ts";
import { count, decimal } from "../numbers.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../source.ts";
import { epochSeconds } from "../times.ts";
import { expiryNotice } from "./expiry.ts";
import type { Site } from "./site.ts";

/** Sites may show bare quota units, which outgrow what is exact to the millionth. */
const shown = z.unknown().transform((value, context) => {
  const precise = decimal.safeParse(value);
  const parsed = precise.success ? precise : count.safeParse(value);
  if (parsed.success) return parsed.data;
  context.addIssue({ code: "custom", message: parsed.error.issues[0]?.message ?? "not a number" });
  return z.NEVER;
});

const subscriptionAnswer = z.object({ hard_limit_usd: shown, access_until: epochSeconds });

/** Hundredths of what the site displays, whatever that is. */
const usageAnswer = z.object({ total_usage: shown });

/** What the billing routes tell. */
export interface Billing {
  readonly meter: Meter;
  readonly notices: readonly Notice[];
}

/**
 * Reads limit and use from the routes that imitate OpenAI's old billing pages. Despite their names the figures are in what the site
 * displays, and they count over the whole life. By a setting that no route tells they are the key's, or those of its user.
 * Throws ReadError; a key that has nothing left is refused there, which is "quota-used-up".
 */
export async function readBilling(context: ReadContext, site: Site): Promise<Billing> {
  const request = { judge: judgeExhausted };
  const subscription = await context.getJson("/v1/dashboard/billing/subscription", subscriptionAnswer, request);
  const usage = await context.getJson("/v1/dashboard/billing/usage", usageAnswer, request);
  const used = site.ofShown(usage.total_usage / 100);
  const none = site.isNoLimit(subscription.hard_limit_usd);
  const limit = none ? ("unlimited" as const) : site.ofShown(subscription.hard_limit_usd);
  return {
    meter: {
      id: "key-limit",
      label: { key: "meter.key-limit" },
      unit: site.unit,
      limit,
      used,
      remaining: limit === "unlimited" ? limit : limit - used,
      window: { kind: "lifetime" },
      scope: "key",
      confidence: limit === "unlimited" ? "reported" : "derived",
    },
    notices: [
      ...site.notices,
      ...expiryNotice(subscription.access_until, context.now),
      // Without a limit of its own a key draws on its user's balance.
      ...(none ? [{ key: "notice.balance-not-told", params: {} }] : []),
    ],
  };
}

/** A key without quota is refused like a wrong one (401); only the wording tells them apart. */
function judgeExhausted({ status, body }: JudgedAnswer): Verdict | null {
  if (status !== 401 && status !== 403) return null;
  const message = z.object({ error: z.object({ message: z.string() }) }).safeParse(body).data?.error.message ?? "";
  return /额度已用尽|额度不足|quota[^.]{0,40}(exhausted|used up|not enough)|insufficient[^.]{0,20}quota/i.test(message)
    ? { cause: "quota-used-up" }
    : null;
}
