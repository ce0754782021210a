import * as z from "zod";
import type { Fingerprint } from "../../probe/fingerprint.ts";

const shape = z.object({ data: z.object({ usage: z.string(), devPlan: z.string() }) });

/** OpenRouter tells a key in a similar shape, but in numbers and without a dev plan. */
export const fingerprint: Fingerprint = {
  path: () => "/v1/key",
  recognize: ({ status, body }) =>
    status === 200 && shape.safeParse(body).success ? { likelihood: "certain", version: null } : null,
};
