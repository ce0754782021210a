import * as z from "zod";
import type { Fingerprint } from "../../probe/fingerprint.ts";

const shape = z.object({ current_point_balance: z.number() });

/** The field's name is Poe's own. */
export const fingerprint: Fingerprint = {
  path: () => "/usage/current_balance",
  recognize: ({ status, body }) =>
    status === 200 && shape.safeParse(body).success ? { likelihood: "certain", version: null } : null,
};
