import * as z from "zod";
import { count, decimal, ifTold, money, signedDecimal, signedMoney, signedPercent } from "../../numbers.ts";
import { isoTime } from "../../times.ts";

/** "$24.00", "-$0.50", "$1,024.00", or the number alone; US dollars, in micros after parsing. */
const dollars = (figure: z.ZodType<number>): z.ZodType<number> =>
  z.preprocess((value) => {
    const parts = typeof value === "string" ? /^(-?)\$(-?)(\d[\d,]*(?:\.\d+)?)$/.exec(value.trim()) : null;
    return parts === null ? value : `${parts[1] || parts[2] || ""}${parts[3]?.replaceAll(",", "") ?? ""}`;
  }, figure);

const requests = z.object({ limit: ifTold(count), requests: ifTold(decimal), renewsAt: isoTime });

/** `GET /v2/quotas`. Accounts have different blocks of it; older ones have `subscription` only. */
export const quotasAnswer = z
  .object({
    /** Stays at 0 where the two limits below are there. */
    subscription: requests.nullish(),
    /** `nextTickAt` is when a part of it comes back, not when all of it does. */
    rollingFiveHourLimit: z.object({ max: ifTold(decimal), remaining: ifTold(signedDecimal) }).nullish(),
    /** So is `nextRegenAt`. */
    weeklyTokenLimit: z
      .object({
        maxCredits: ifTold(dollars(money)),
        remainingCredits: ifTold(dollars(signedMoney)),
        /** Of the week's credits, 0–100; negative when overdrawn. */
        percentRemaining: ifTold(signedPercent),
      })
      .nullish(),
    search: z.object({ hourly: requests.nullish() }).nullish(),
  })
  .refine((answer) => answer.subscription || answer.rollingFiveHourLimit || answer.weeklyTokenLimit || answer.search, {
    path: ["subscription"],
    error: "missing",
  });
export type SyntheticQuotas = z.infer<typeof quotasAnswer>;
