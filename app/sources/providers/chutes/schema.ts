import * as z from "zod";
import { firstIssue } from "../../first-issue.ts";
import { count, decimal, ifTold, signedDecimal } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { anyTime } from "../../times.ts";

/** Each figure under any of the names that clients have seen; the first that is there counts. */
const NAMES = {
  limit: ["limit", "cap", "quota", "max", "monthly_limit"],
  used: ["used", "usage", "current_usage", "requests", "count"],
  remaining: ["remaining", "left"],
  minutes: ["window_minutes", "windowMinutes"],
  resetsAt: ["resets_at", "reset_at", "resetsAt", "resetAt", "next_reset", "period_end", "current_period_end"],
} as const;

type Members = Readonly<Record<string, unknown>>;

/** The member under the first of the names that is there, with the name it has. */
function pick(members: Members, names: readonly string[]): readonly [name: string, value: unknown] {
  const known = new Map(Object.entries(members));
  const name = names.find((candidate) => known.get(candidate) !== undefined && known.get(candidate) !== null);
  return name === undefined ? ["", undefined] : [name, known.get(name)];
}

/** A quota. A figure that is there and cannot be read is a wrong shape; one under no known name is not told. */
const quota = z.record(z.string(), z.unknown()).transform((members, context) => {
  const field = <T>(name: keyof typeof NAMES, schema: z.ZodType<T>): T => {
    const [found, value] = pick(members, NAMES[name]);
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    context.addIssue({ code: "custom", path: [found], message: firstIssue(parsed.error) });
    return z.NEVER;
  };
  return {
    limit: field("limit", ifTold(decimal)),
    used: field("used", ifTold(decimal)),
    remaining: field("remaining", ifTold(signedDecimal)),
    minutes: field("minutes", ifTold(count)),
    resetsAt: field("resetsAt", anyTime),
  };
});
export type ChutesQuota = z.infer<typeof quota>;

/** Some answers are wrapped once more. */
const unwrapped = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const [, inner] = pick({ ...value }, ["data", "result"]);
  return typeof inner === "object" && inner !== null && !Array.isArray(inner) ? inner : value;
};

const BLOCKS = {
  monthly: ["monthly", "month", "monthly_usage"],
  rolling: ["rolling_window", "rolling", "four_hour", "burst"],
} as const;

/** `GET /users/me/subscription_usage`. An empty object: no subscription. */
export const subscriptionAnswer = z.preprocess(
  (value) => {
    const members = unwrapped(value);
    if (typeof members !== "object" || members === null || Array.isArray(members)) return members;
    const block = (names: readonly string[]) => pick({ ...members }, names)[1];
    const saysNone = Object.keys(members).length === 0 || ("subscription" in members && members.subscription === null);
    return { ...members, monthly: block(BLOCKS.monthly), rolling: block(BLOCKS.rolling), saysNone };
  },
  z.object({
    subscription: z
      .object({ active: z.boolean().nullish().catch(null), plan_name: optionalText, current_period_end: anyTime })
      .nullish()
      .catch(null),
    monthly: quota.optional(),
    rolling: quota.optional(),
    /** Nothing at all, or null in its place: the account has no subscription. Names that are not known say nothing of it. */
    saysNone: z.boolean(),
  }),
);

/** `GET /users/me/quota_usage/me`. */
export const dailyAnswer = z.preprocess(unwrapped, quota);
