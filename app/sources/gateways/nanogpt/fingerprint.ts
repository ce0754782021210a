import * as z from "zod";
import type { Fingerprint } from "../../probe/fingerprint.ts";

const shape = z.union([
  z.object({
    active: z.boolean(),
    enforceDailyLimit: z.boolean(),
    limits: z.object({ daily: z.number(), monthly: z.number() }),
  }),
  z.object({
    active: z.boolean(),
    limits: z.object({ weeklyInputTokens: z.number().nullable(), dailyImages: z.number().nullable() }),
  }),
]);

/** The route, the daily limit that may not be enforced and the names of the allowances are NanoGPT's own. */
export const fingerprint: Fingerprint = {
  path: () => "/api/subscription/v1/usage",
  recognize: ({ status, body }) =>
    status === 200 && shape.safeParse(body).success ? { likelihood: "certain", version: null } : null,
};
