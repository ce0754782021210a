import * as z from "zod";
import type { Fingerprint } from "../../probe/fingerprint.ts";

const shape = z.object({ version: z.literal("quota-v1"), entries: z.array(z.object({ kind: z.string() })).min(1) });

/** The answer names its own shape. Other shapes are told on the same route. */
export const fingerprint: Fingerprint = {
  path: () => "/quota",
  recognize: ({ status, body }) =>
    status === 200 && shape.safeParse(body).success ? { likelihood: "certain", version: null } : null,
};
