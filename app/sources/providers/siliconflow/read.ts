import { readBalances } from "../../balance-reader.ts";
import { currencyByHost } from "../../currency.ts";
import { inBandCode } from "../../in-band-code.ts";
import { CURRENCIES } from "./currencies.ts";
import type { SiliconFlowOptions } from "./descriptor.ts";
import { userInfoAnswer } from "./schema.ts";

/** The code that SiliconFlow puts into the body of each success. */
const SUCCESS = 20_000;

/** Reads the balance of the account, in the currency of the region that the address belongs to. Throws ReadError. */
export const read = readBalances({
  path: "/v1/user/info",
  answer: userInfoAnswer,
  judge: inBandCode(SUCCESS),
  balances: ({ data }, { baseUrl }, options: SiliconFlowOptions) => ({
    rows: [
      {
        unit: { kind: "money", currency: currencyByHost(baseUrl, CURRENCIES, options.currency) },
        remaining: data.totalBalance,
        granted: data.balance,
        paid: data.chargeBalance,
      },
    ],
    notices:
      data.status === null || data.status === "normal"
        ? []
        : [{ key: "notice.account-status", params: { state: data.status } }],
    account: data.name,
    ...(data.id !== null && { subjects: { account: data.id } }),
  }),
});
