import * as z from "zod";
import { ifTold, limitOf, money, moneyIn, signedMoney } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";

/** `GET /payment/checklist?compute_owed=true`. Dollars, in micros after parsing. */
export const checklistAnswer = z.object({
  /** What the account owes: prepaid funds are negative. */
  stripe_balance: signedMoney,
  /** Used in this billing cycle and not yet on an invoice. */
  recent: money,
  /** Most that a cycle may cost; null, 0 and below mean that there is no limit. */
  limit: limitOf(signedMoney),
  suspended: z.boolean().nullish().catch(null),
  suspend_reason: optionalText,
});
export type Checklist = z.infer<typeof checklistAnswer>;

/** `GET /payment/usage?from=current`. Here amounts are cents, unlike those of the checklist. */
export const usageAnswer = z.object({
  months: z.array(
    z.object({
      /** "2026.11" */
      period: z.string(),
      total_cost: ifTold(moneyIn(100)),
    }),
  ),
});
