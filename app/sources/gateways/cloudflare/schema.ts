import * as z from "zod";
import { moneyIn } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";

/** `GET …/ai-gateway/billing/credit-balance`, whose figure is in a unit that the documentation leaves open. */
export function balanceAnswer(figure: z.ZodType<number>) {
  return z.object({ result: z.object({ balance: figure }) });
}

/** `GET …/ai-gateway/billing/spending-limit`: cents, in micros after parsing. */
export const spendingLimitAnswer = z.object({
  result: z
    .object({
      enabled: z.boolean({ error: "neither true nor false" }),
      config: z
        .object({
          amount: moneyIn(100),
          /** "daily", "weekly" or "monthly". */
          duration: optionalText,
          /** "fixed" begins anew at the boundary, "sliding" looks back. */
          strategy: optionalText,
        })
        .nullish(),
    })
    .nullish(),
});
export type SpendingLimit = NonNullable<z.infer<typeof spendingLimitAnswer>["result"]>;
