import * as z from "zod";
import { currencyCode } from "../../currency.ts";
import { ifTold, signedMoney } from "../../numbers.ts";

/** `GET /user/balance`. Decimal texts in major units, in micros after parsing. */
export const balanceAnswer = z.object({
  /** False: the balance does not suffice for calls. */
  is_available: z.boolean().nullish().catch(null),
  /** One per currency: CNY, USD, or both. */
  balance_infos: z
    .array(
      z.object({
        currency: currencyCode,
        /** Granted and topped up together. */
        total_balance: signedMoney,
        granted_balance: ifTold(signedMoney),
        topped_up_balance: ifTold(signedMoney),
      }),
    )
    .min(1, "empty"),
});
