import { readBalances } from "../../balance-reader.ts";
import { balanceAnswer } from "./schema.ts";

/** Reads the balance in each currency; an account may hold several, so each has an id of its own. Throws ReadError. */
export const read = readBalances({
  path: "/user/balance",
  answer: balanceAnswer,
  balances: ({ is_available, balance_infos }) => ({
    rows: balance_infos.map((info) => ({
      id: `balance-${info.currency.toLowerCase()}`,
      unit: { kind: "money", currency: info.currency },
      remaining: info.total_balance,
      granted: info.granted_balance,
      paid: info.topped_up_balance,
    })),
    notices: is_available === false ? [{ key: "notice.balance-too-low", params: {} }] : [],
  }),
});
