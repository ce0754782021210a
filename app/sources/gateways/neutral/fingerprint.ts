import type { Fingerprint } from "../../probe/fingerprint.ts";
import { neutralAnswer } from "./schema.ts";

const DEFAULT_PATH = "/quota";

/** Any server may have a route of this name, so the shape decides: a block with figures that fit it. */
export const fingerprint: Fingerprint = {
  path: () => DEFAULT_PATH,
  recognize({ status, body }) {
    if (status !== 200) return null;
    const parsed = neutralAnswer.safeParse(body);
    if (!parsed.success) return null;
    const { tokens, cost } = parsed.data;
    return tokens || cost ? { likelihood: "certain", version: null } : null;
  },
};
