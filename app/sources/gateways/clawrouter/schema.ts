import * as z from "zod";
import { ifTold, moneyIn } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";

const MICROS = 1_000_000;

/** `GET /v1/usage`: millionths of a US dollar, which are our micros. */
export const usageAnswer = z.object({
  budget: z.object({
    /** false: the policy has no budget, and its other figures mean nothing but what was spent. */
    configured: z.boolean().nullish().catch(null),
    limitMicros: ifTold(moneyIn(MICROS)),
    spentMicros: ifTold(moneyIn(MICROS)),
    remainingMicros: ifTold(moneyIn(MICROS, "signed")),
    /** Ends in the month that is counted: "…2026-11". */
    windowKey: optionalText,
  }),
});
export type Budget = z.infer<typeof usageAnswer>["budget"];
