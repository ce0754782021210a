import { readBalances } from "../../balance-reader.ts";
import { balanceAnswer } from "./schema.ts";

/** Reads the account's compute points. Throws ReadError. */
export const read = readBalances({
  path: "/usage/current_balance",
  // Some pages of the documentation have the route below "/v1".
  fallbackPath: "/v1/usage/current_balance",
  answer: balanceAnswer,
  balances: ({ current_point_balance: remaining }) => ({ rows: [{ unit: { kind: "points" }, remaining }] }),
});
