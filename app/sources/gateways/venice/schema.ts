import * as z from "zod";
import { decimal, ifTold, signedDecimal, signedMoney } from "../../numbers.ts";

/** `GET /api/v1/billing/balance`: what is left. Dollars are in micros after parsing; a DIEM is a unit of its own. */
export const balanceAnswer = z.object({
  canConsume: z.boolean().nullish().catch(null),
  balances: z.object({ diem: ifTold(signedDecimal), usd: ifTold(signedMoney) }),
  /** By staking, for each day; 0 or null without a stake. */
  diemEpochAllocation: ifTold(decimal),
});
export type Balance = z.infer<typeof balanceAnswer>;
