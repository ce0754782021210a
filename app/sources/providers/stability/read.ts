import { readBalances } from "../../balance-reader.ts";
import { balanceAnswer } from "./schema.ts";

/** Reads the credits that are left. Throws ReadError. */
export const read = readBalances({
  path: "/v1/user/balance",
  answer: balanceAnswer,
  balances: ({ credits }) => ({ rows: [{ unit: { kind: "credits" }, remaining: credits }] }),
});
