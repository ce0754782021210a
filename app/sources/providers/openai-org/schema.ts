import * as z from "zod";
import { pageOf } from "../../all-pages.ts";
import { currencyCode } from "../../currency.ts";
import { ifTold, moneyIn, signedMoney } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";

const EXPONENT = /^-?\d{1,30}(\.\d{1,60})?[eE][+-]?\d{1,5}$/;

/** Dollars as a number or a text. The texts are those of a decimal type and may have an exponent ("1.2E-7") . */
const dollars = z
  .unknown()
  .transform((value) => (typeof value === "string" && EXPONENT.test(value) ? Number(value) : value))
  .pipe(signedMoney);

/** `GET /v1/organization/costs`: one bucket per UTC day, in dollars; micros after parsing. Adjustments may be negative. */
export const costsPage = pageOf(
  z.object({ results: z.array(z.object({ amount: z.object({ value: dollars, currency: currencyCode }) })) }),
);

/** `GET /v1/organization/spend_limit`. In cents, unlike the costs; micros after parsing. What it answers where none is set is not documented. */
export const spendLimitAnswer = z
  .object({
    /** 0: none is set, for one that is set is at least a cent. */
    threshold_amount: ifTold(moneyIn(100)),
    currency: currencyCode.nullish().catch(null),
    interval: optionalText,
  })
  .nullable();
