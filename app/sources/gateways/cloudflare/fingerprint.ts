import * as z from "zod";
import type { Fingerprint } from "../../probe/fingerprint.ts";
import { accountInAddress } from "./account.ts";
import { isEnvelope } from "./envelope.ts";

const shape = z.object({ result: z.object({ balance: z.number() }) });

/** Without an account in the address there is no route to ask. The envelope alone says whose API it is, also when it refuses. */
export const fingerprint: Fingerprint = {
  path: (baseUrl) => (accountInAddress(baseUrl) === null ? null : "/ai-gateway/billing/credit-balance"),
  recognize({ status, body }) {
    if (!isEnvelope(body)) return null;
    if (status === 200 && shape.safeParse(body).success) return { likelihood: "certain", version: null };
    return status === 401 || status === 403 ? { likelihood: "likely", version: null, keyRefused: true } : null;
  },
};
