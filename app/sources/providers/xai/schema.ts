import * as z from "zod";
import { moneyIn } from "../../numbers.ts";

/**
 * `GET /v1/billing/teams/{team}/prepaid/balance`. Cents as text, as a ledger of the vendor: credit is negative
 * ("-2350" are 23.50 USD to spend). Read into micros with the sign as sent.
 */
export const prepaidAnswer = z.object({ total: z.object({ val: moneyIn(100, "signed") }) });
