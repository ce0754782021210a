import * as z from "zod";
import { fraction, ifTold } from "../../numbers.ts";

/** `usage` is the fraction used (0.27), in percent after parsing. */
const limit = z.object({ usage: ifTold(fraction) }).nullish();

/** `GET /api/usage`. Accounts have session and week, or the month alone. */
export const usageAnswer = z.object({ limits: z.object({ session: limit, weekly: limit, monthly: limit }) });
