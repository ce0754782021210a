import * as z from "zod";
import type { Fingerprint } from "../../probe/fingerprint.ts";

const key = z.object({ id: z.string(), status: z.string(), usage_limits: z.unknown(), rate_limits: z.unknown() });
const shape = z.object({ data: z.array(key).min(1) });

/** Lists of keys have this route elsewhere, too; the two kinds of limits side by side are Portkey's. */
export const fingerprint: Fingerprint = {
  path: () => "/v1/api-keys",
  request: { query: { page_size: "1" } },
  recognize({ status, body }) {
    if (status !== 200) return null;
    const parsed = shape.safeParse(body);
    const known = parsed.success && parsed.data.data.every((one) => "usage_limits" in one && "rate_limits" in one);
    return known ? { likelihood: "certain", version: null } : null;
  },
};
