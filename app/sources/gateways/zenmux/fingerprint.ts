import * as z from "zod";
import type { Fingerprint } from "../../probe/fingerprint.ts";

const quota = z.object({ usage_percentage: z.number(), max_flows: z.number() });
const shape = z.object({ data: z.object({ account_status: z.string(), quota_5_hour: quota }) });

/** Flows are ZenMux's own unit. */
export const fingerprint: Fingerprint = {
  path: () => "/api/v1/management/subscription/detail",
  recognize: ({ status, body }) =>
    status === 200 && shape.safeParse(body).success ? { likelihood: "certain", version: null } : null,
};
