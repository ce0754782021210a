import { readBalances } from "../../balance-reader.ts";
import { currencyByHost } from "../../currency.ts";
import { CURRENCIES } from "./currencies.ts";
import type { StepFunOptions } from "./descriptor.ts";
import { accountAnswer } from "./schema.ts";

/** Reads the balance of the account. Its currency follows from the region's prices, so it is an estimate. Throws ReadError. */
export const read = readBalances({
  path: "/v1/accounts",
  answer: accountAnswer,
  balances: ({ balance }, { baseUrl }, options: StepFunOptions) => ({
    rows: [
      {
        unit: { kind: "money", currency: currencyByHost(baseUrl, CURRENCIES, options.currency) },
        remaining: balance,
        confidence: "estimated",
      },
    ],
  }),
});
