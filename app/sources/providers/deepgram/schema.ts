import * as z from "zod";
import { signedDecimal } from "../../numbers.ts";
import { optionalText } from "../../optional-text.ts";

/** `GET /v1/projects`. The id goes into a path that is shown, so nothing but an id will do. */
export const projectsAnswer = z.object({
  projects: z.array(z.object({ project_id: z.guid({ error: "not an ID" }), name: optionalText })),
});

/** `GET /v1/projects/{id}/balances`. One per purchase; the amount is in `units`: "usd" (dollars) or "hour"; purchases in others are not counted. */
export const balancesAnswer = z.object({
  balances: z.array(z.object({ amount: signedDecimal, units: optionalText })),
});
