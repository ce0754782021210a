import * as z from "zod";
import { count, decimal, ifTold, moneyIn } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { isoTime } from "../../times.ts";

/** A limit of a key or a policy. */
const limit = {
  /** "cost" counts US dollars, "tokens" tokens. */
  type: optionalText,
  credit_limit: ifTold(decimal),
  /** "weekly", "monthly", or null beside a number of days; without both it never resets. */
  periodic_reset: optionalText,
  periodic_reset_days: ifTold(count),
  next_usage_reset_at: isoTime,
};

const usageLimits = z.object(limit);
export type UsageLimits = z.infer<typeof usageLimits>;

/** `GET /v1/api-keys/{id}`. */
export const keyAnswer = z.object({
  id: z.string({ error: "not a text" }).min(1, "empty"),
  name: optionalText,
  /** "active", "exhausted" once the limit is hit, "expired", "archived". */
  status: optionalText,
  /** null: the key has no limit. */
  usage_limits: usageLimits.nullish(),
  last_reset_at: isoTime,
});
export type PortkeyKey = z.infer<typeof keyAnswer>;

/** `GET /v1/api-keys`. */
export const keysAnswer = z.object({ data: z.array(keyAnswer) });

/** `GET /v1/policies/usage-limits`; what was used is told one by one. */
export const policiesAnswer = z.object({
  data: z.array(z.object({ id: z.string({ error: "not a text" }).min(1, "empty"), status: optionalText })),
});

/** `GET /v1/policies/usage-limits/{id}?include_usage=true`. */
export const policyAnswer = z.object({
  ...limit,
  id: z.string({ error: "not a text" }),
  name: optionalText,
  /** By what the policy counts: one counter for each key, workspace, … */
  group_by: z
    .array(z.object({ key: z.string() }))
    .nullish()
    .catch(null),
  value_key_usage_map: z
    .record(z.string(), z.object({ current_usage: ifTold(decimal), status: optionalText }))
    .nullish(),
});
export type Policy = z.infer<typeof policyAnswer>;

/** `GET /v1/analytics/graphs/cost`: cents, in micros after parsing. */
export const costAnswer = z.object({ summary: z.object({ total: moneyIn(100) }) });
