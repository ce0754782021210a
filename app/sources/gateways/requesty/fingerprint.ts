import * as z from "zod";
import type { Fingerprint } from "../../probe/fingerprint.ts";

const decimal = z.union([z.string().regex(/^\d+(\.\d+)?$/), z.number()]);
const shape = z.object({ id: z.string(), monthly_spend: decimal, monthly_limit: decimal });

/** The route and its two monthly figures are Requesty's own. */
export const fingerprint: Fingerprint = {
  path: () => "/v1/manage/apikey/self",
  recognize: ({ status, body }) =>
    status === 200 && shape.safeParse(body).success ? { likelihood: "certain", version: null } : null,
};
