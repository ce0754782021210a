import * as z from "zod";
import type { Fingerprint } from "../../probe/fingerprint.ts";

const keyShape = z.object({
  data: z.object({ usage: z.number(), limit: z.number().nullable(), is_free_tier: z.boolean() }),
});

/** `is_free_tier` beside usage and limit is OpenRouter's own; Merge and LLM Gateway answer similar routes without it. */
export const fingerprint: Fingerprint = {
  path: () => "/api/v1/key",
  recognize: ({ status, body }) =>
    status === 200 && keyShape.safeParse(body).success ? { likelihood: "certain", version: null } : null,
};
