import type { Meter } from "../quota/meter.ts";

/**
 * A limit of 0 of which nothing is used and nothing is left: the plan does not have this quota, and services write zeros in its
 * place. It is not used up.
 */
export function isNoQuota({ limit, used, remaining }: Pick<Meter, "limit" | "used" | "remaining">): boolean {
  return limit === 0 && [0, "unknown"].includes(used) && [0, "unknown"].includes(remaining);
}
