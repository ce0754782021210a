import * as z from "zod";
import { count, decimal, ifTold, signedCount, signedDecimal, signedPercent } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { isoTime, utcDate } from "../../times.ts";

/** One quota of a paid plan. Where `unlimited` is true the figures are zeros, or negative, and mean nothing. */
const snapshot = z.preprocess(
  (value) => {
    if (typeof value !== "object" || value === null || !("unlimited" in value) || value.unlimited !== true)
      return value;
    return { unlimited: true, ...("credits_used" in value && { credits_used: value.credits_used }) };
  },
  z.object({
    unlimited: z.boolean().nullish().catch(null),
    /** 0 in seats whose organization does not tell. */
    entitlement: ifTold(decimal),
    /** What is left, whole and with its decimals. */
    remaining: ifTold(signedDecimal),
    quota_remaining: ifTold(signedDecimal),
    /** Left, 0–100; some answers tell nothing else. */
    percent_remaining: ifTold(signedPercent),
    /** Only where requests are counted in credits. */
    credits_used: ifTold(decimal),
    /** Requests beyond the entitlement are served and billed. */
    overage_permitted: z.boolean().nullish().catch(null),
    overage_count: ifTold(decimal),
  }),
);
export type CopilotSnapshot = z.infer<typeof snapshot>;

/** Figures of a free plan: numbers, or texts of digits. What remains of them may be overdrawn. */
const figuresOf = (figure: z.ZodType<number>) => z.object({ chat: ifTold(figure), completions: ifTold(figure) });

/** A time, or a date that means midnight UTC. */
const timeOrDate: z.ZodType<number | null> = z
  .unknown()
  .optional()
  .transform((value) => isoTime.parse(value) ?? utcDate.parse(value));

/** `GET /copilot_internal/user`. */
export const userAnswer = z
  .object({
    login: optionalText,
    copilot_plan: optionalText,
    /** Counted in AI credits instead of requests. */
    token_based_billing: z.boolean().nullish().catch(null),
    credits_used: ifTold(decimal),
    quota_reset_date_utc: timeOrDate,
    quota_reset_date: timeOrDate,
    limited_user_reset_date: timeOrDate,
    quota_snapshots: z.record(z.string(), snapshot.nullable()).nullish(),
    /** Limits of the free plan. */
    monthly_quotas: figuresOf(count).nullish(),
    /** What REMAINS of them, though the name does not say so. */
    limited_user_quotas: figuresOf(signedCount).nullish(),
  })
  .refine((answer) => "copilot_plan" in answer || "quota_snapshots" in answer || "limited_user_quotas" in answer, {
    path: ["quota_snapshots"],
    error: "missing",
  });
export type CopilotUser = z.infer<typeof userAnswer>;
