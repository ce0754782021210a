import { readBalances } from "../../balance-reader.ts";
import { moneyText } from "../../money-text.ts";
import { balanceAnswer } from "./schema.ts";

/** Reads what the account has available. Throws ReadError. */
export const read = readBalances({
  path: "/openapi/v1/billing/balance/detail",
  fallbackPath: "/v3/user/balance",
  answer: balanceAnswer,
  balances: ({ availableBalance, outstandingInvoices }) => ({
    rows: [{ unit: { kind: "money", currency: "USD" }, remaining: availableBalance }],
    notices:
      outstandingInvoices !== "unknown" && outstandingInvoices > 0
        ? [{ key: "notice.overdue", params: { amount: moneyText(outstandingInvoices, "USD") } }]
        : [],
  }),
});
