import * as z from "zod";
import { ifTold, signedMoney } from "../../numbers.ts";

/** `GET /v1/users/me/balance`. Numbers in major units, in micros after parsing; the body does not say of which currency. */
export const balanceAnswer = z.object({
  data: z.object({
    /** Vouchers and cash; calls are refused from 0 on. */
    available_balance: signedMoney,
    voucher_balance: ifTold(signedMoney),
    /** Negative: that much is owed. */
    cash_balance: ifTold(signedMoney),
  }),
});
