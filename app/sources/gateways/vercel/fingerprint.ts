import * as z from "zod";
import type { Fingerprint } from "../../probe/fingerprint.ts";

const decimalText = z.string().regex(/^-?\d+(\.\d+)?$/);
const shape = z.object({ balance: decimalText, total_used: decimalText });

/** Other services have a route of this name, but none with these two fields as texts. */
export const fingerprint: Fingerprint = {
  path: () => "/v1/credits",
  recognize: ({ status, body }) =>
    status === 200 && shape.safeParse(body).success ? { likelihood: "certain", version: null } : null,
};
