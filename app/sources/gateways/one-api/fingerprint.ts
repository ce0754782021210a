import type { Fingerprint } from "../../probe/fingerprint.ts";
import { statusShape } from "./schema.ts";

/** The route is public, so the key stays at home. */
export const fingerprint: Fingerprint = {
  path: () => "/api/status",
  request: { secrets: [] },
  recognize({ status, body }) {
    const parsed = statusShape.safeParse(body);
    return status === 200 && parsed.success
      ? { likelihood: "certain", version: parsed.data.data.version ?? null }
      : null;
  },
};
