import * as z from "zod";
import { ifTold, money, signedMoney } from "../../numbers.ts";

/**
 * `GET /v1/credits`: US dollars as numbers, in micros after parsing. Credit that was bought, given away at signup or lapsed is
 * told as it once was, not as what is left of it, so it is no part of the balance and left out.
 */
export const creditsAnswer = z.object({
  /** What is left. Below zero only under an enterprise contract. */
  balance_usd: signedMoney,
  /** Drawn from credit since the organization began. */
  total_spend_usd: ifTold(money),
});
