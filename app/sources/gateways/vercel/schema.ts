import * as z from "zod";
import { ifTold, money, signedMoney } from "../../numbers.ts";

/** `GET /v1/credits`: US dollars as decimal texts, in micros after parsing. What was used counts from the team's beginning. */
export const creditsAnswer = z.object({ balance: signedMoney, total_used: ifTold(money) });
