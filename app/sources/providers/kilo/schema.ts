import * as z from "zod";
import { signedMoney } from "../../numbers.ts";

/** `GET /api/profile/balance`. US dollars, in micros after parsing. */
export const balanceAnswer = z.object({ balance: signedMoney });
