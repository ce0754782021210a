import * as z from "zod";
import { ifTold, moneyIn } from "../../numbers.ts";

/** Ten-thousandths of a dollar, as text: "123400" is 12.34 USD. */
const tenThousandths = moneyIn(10_000, "signed");

/**
 * `GET /openapi/v1/billing/balance/detail`, and the older `GET /v3/user/balance` with the available balance alone.
 * How cash, credit line and charges make up what is available is not documented, so they are not read.
 */
export const balanceAnswer = z.object({
  availableBalance: tenThousandths,
  /** Invoices that should have been paid. */
  outstandingInvoices: ifTold(tenThousandths),
});
