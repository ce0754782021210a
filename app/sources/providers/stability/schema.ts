import * as z from "zod";
import { signedDecimal } from "../../numbers.ts";

/** `GET /v1/user/balance`. Credits, with decimals; not dollars. */
export const balanceAnswer = z.object({ credits: signedDecimal });
