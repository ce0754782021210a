import * as z from "zod";
import { signedCount } from "../../numbers.ts";

/** `GET /usage/current_balance`: compute points, a whole number. */
export const balanceAnswer = z.object({ current_point_balance: signedCount });
