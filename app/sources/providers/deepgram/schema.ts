import * as z from "zod";
import { signedDecimal } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";

/** `GET /v1/projects`. */
export const projectsAnswer = z.object({
  projects: z.array(z.object({ project_id: z.string().min(1, "empty"), name: optionalText })),
});

/** `GET /v1/projects/{id}/balances`. One per purchase; the amount is in `units`: "usd" (dollars) or "hour". */
export const balancesAnswer = z.object({
  balances: z.array(z.object({ amount: signedDecimal, units: z.string() })),
});
