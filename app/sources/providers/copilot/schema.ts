import * as z from "zod";
import { count, decimal, ifTold, signedDecimal } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { isoTime, utcDate } from "../../times.ts";

/** One quota of a paid plan. Where `unlimited` is true the figures are zeros that mean nothing. */
const snapshot = z.object({
  unlimited: z.boolean().nullish().catch(null),
  /** 0 in seats whose organization does not tell. */
  entitlement: ifTold(decimal),
  /** What is left, whole and with its decimals. */
  remaining: ifTold(signedDecimal),
  quota_remaining: ifTold(signedDecimal),
});
export type CopilotSnapshot = z.infer<typeof snapshot>;

/** Figures of a free plan: numbers, or texts of digits. */
const freeFigures = z.object({ chat: ifTold(count), completions: ifTold(count) });

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
    quota_reset_date_utc: timeOrDate,
    quota_reset_date: timeOrDate,
    limited_user_reset_date: timeOrDate,
    quota_snapshots: z.record(z.string(), snapshot.nullable()).nullish(),
    /** Limits of the free plan. */
    monthly_quotas: freeFigures.nullish(),
    /** What REMAINS of them, though the name does not say so. */
    limited_user_quotas: freeFigures.nullish(),
  })
  .refine((answer) => "copilot_plan" in answer || "quota_snapshots" in answer || "limited_user_quotas" in answer, {
    path: ["quota_snapshots"],
    error: "missing",
  });
export type CopilotUser = z.infer<typeof userAnswer>;
