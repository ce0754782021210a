import * as z from "zod";
import { ifTold, limitOf, money, signedMoney } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { isoTime } from "../../times.ts";

const data = z.object({
  label: optionalText,
  /** Over the key's whole life. */
  usage: ifTold(money),
  /** null: the key has no limit for its whole life. */
  limit: limitOf(money),
  /** "lite", "pro", "max", or "none": pays for what it uses, and the fields below mean nothing. */
  devPlan: optionalText,
  devPlanCreditsUsed: ifTold(money),
  devPlanCreditsLimit: ifTold(money),
  devPlanCreditsRemaining: ifTold(signedMoney),
  devPlanPremiumWeeklyLimit: ifTold(money),
  devPlanPremiumCreditsUsed: ifTold(money),
  devPlanPremiumWeekResetsAt: isoTime,
});

/** `GET /v1/key`. US dollars as decimal texts, in micros after parsing. */
export const keyAnswer = z.object({ data });
export type KeyData = z.infer<typeof data>;
