import * as z from "zod";
import type { Fingerprint } from "../../probe/fingerprint.ts";

const shape = z.object({ virtual_key_name: z.string(), is_active: z.boolean() });

/** The route and the virtual key's name are Bifrost's own. */
export const fingerprint: Fingerprint = {
  path: () => "/api/governance/virtual-keys/quota",
  recognize: ({ status, body }) =>
    status === 200 && shape.safeParse(body).success ? { likelihood: "certain", version: null } : null,
};
