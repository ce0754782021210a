import type { Fingerprint } from "../../probe/fingerprint.ts";
import { rateLimitMeters } from "../../rate-limit-headers/rate-limit-meters.ts";
import { modelList } from "./schema.ts";

/**
 * Any JSON with rate-limit headers may be read by this kind, and any list of models may come with such headers at another time.
 * Pages are neither: websites limit rates, too.
 */
export const fingerprint: Fingerprint = {
  path: () => "/v1/models",
  recognize({ status, headers, body }) {
    if (status !== 200 || typeof body !== "object" || body === null) return null;
    // Only whether there are limits counts, so that the time does not matter.
    if (rateLimitMeters(headers, 0).meters.length > 0) return { likelihood: "likely", version: null };
    return modelList.safeParse(body).success ? { likelihood: "possible", version: null } : null;
  },
};
