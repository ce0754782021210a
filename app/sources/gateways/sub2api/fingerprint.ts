import * as z from "zod";
import type { Fingerprint } from "../../probe/fingerprint.ts";

const usageShape = z.object({ isValid: z.boolean() });

/** What comes beside `isValid`, of which every version sends at least one. */
const COMPANIONS = ["planName", "mode", "remaining", "quota", "subscription", "rate_limits"];

/** Others have a route of this name; `isValid` beside a plan or a remainder is this software's own. */
export const fingerprint: Fingerprint = {
  path: () => "/v1/usage",
  recognize({ status, body }) {
    const parsed = usageShape.safeParse(body);
    if (status !== 200 || !parsed.success || typeof body !== "object" || body === null) return null;
    if (!parsed.data.isValid) return { likelihood: "likely", version: null, keyRefused: true };
    return COMPANIONS.some((name) => name in body) ? { likelihood: "certain", version: null } : null;
  },
};
