import * as z from "zod";
import type { Fingerprint } from "../../probe/fingerprint.ts";

const shape = z.object({ canConsume: z.boolean(), balances: z.object({ diem: z.unknown() }) });

/** DIEM are Venice's own unit. */
export const fingerprint: Fingerprint = {
  path: () => "/api/v1/billing/balance",
  recognize({ status, body }) {
    const parsed = status === 200 ? shape.safeParse(body) : null;
    return parsed?.success === true && "diem" in parsed.data.balances ? { likelihood: "certain", version: null } : null;
  },
};
