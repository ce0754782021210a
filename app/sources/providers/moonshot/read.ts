import { readBalances } from "../../balance-reader.ts";
import { currencyByHost } from "../../currency.ts";
import { inBandCode } from "../../in-band-code.ts";
import { moneyText } from "../../money-text.ts";
import { CURRENCIES } from "./currencies.ts";
import type { MoonshotOptions } from "./descriptor.ts";
import { balanceAnswer } from "./schema.ts";

/** Reads the balance of the account, in the currency of the region that the address belongs to. Throws ReadError. */
export const read = readBalances({
  path: "/v1/users/me/balance",
  answer: balanceAnswer,
  judge: inBandCode(0),
  balances: ({ data }, { baseUrl }, options: MoonshotOptions) => {
    const currency = currencyByHost(baseUrl, CURRENCIES, options.currency);
    const cash = data.cash_balance;
    return {
      rows: [
        {
          unit: { kind: "money", currency },
          remaining: data.available_balance,
          granted: data.voucher_balance,
          paid: cash,
        },
      ],
      notices:
        cash !== "unknown" && cash < 0
          ? [{ key: "notice.overdue", params: { amount: moneyText(-cash, currency) } }]
          : [],
    };
  },
});
