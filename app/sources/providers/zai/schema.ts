import * as z from "zod";
import { count, decimal, ifTold, percent, signedDecimal } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";
import { epochMillis } from "../../times.ts";

const limit = z.object({
  /** "TOKENS_LIMIT" and "CREDIT_LIMIT" are the plan, "TIME_LIMIT" is calls of tools. */
  type: optionalText,
  /** 1 day, 3 hour, 5 minute, 6 week; for tools, 5 stands for the month. */
  unit: count.nullish().catch(null),
  /** How many of the unit; for a week, 1 and 7 were both seen. */
  number: count.nullish().catch(null),
  /** Used, 0–100. */
  percentage: ifTold(percent),
  /** The limit, though the name says otherwise. */
  usage: ifTold(decimal),
  /** What is used. */
  currentValue: ifTold(decimal),
  remaining: ifTold(signedDecimal),
  /** Left out until the first use. */
  nextResetTime: epochMillis,
});
export type ZaiLimit = z.infer<typeof limit>;

/** `GET /api/monitor/usage/quota/limit`. Team plans send `data` empty unless organization and project are named. */
export const limitsAnswer = z.object({
  data: z.object({ level: optionalText, limits: z.array(limit).nullish() }).nullish(),
});
