import * as z from "zod";
import type { Fingerprint } from "../../probe/fingerprint.ts";

const shape = z.object({ budget: z.object({ configured: z.boolean() }), usage: z.object({ summary: z.object({}) }) });

/** Others tell their usage on this route, too; a budget that says whether it is configured is ClawRouter's. */
export const fingerprint: Fingerprint = {
  path: () => "/v1/usage",
  recognize: ({ status, body }) =>
    status === 200 && shape.safeParse(body).success ? { likelihood: "certain", version: null } : null,
};
