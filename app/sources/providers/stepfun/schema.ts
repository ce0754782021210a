import * as z from "zod";
import { signedMoney } from "../../numbers.ts";

/**
 * `GET /v1/accounts`. Major units as number or text, in micros after parsing. The totals of cash and vouchers beside it are
 * what was ever paid in, no parts of the balance, and not read.
 */
export const accountAnswer = z.object({ balance: signedMoney });
