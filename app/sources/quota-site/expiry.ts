import type { Notice } from "../../quota/reading.ts";

/** When the key ends, in epoch milliseconds; nothing where it never does, or does not say. */
export function expiryNotice(at: number | null, now: number): Notice[] {
  return at === null ? [] : [{ key: at > now ? "notice.key-expires" : "notice.key-expired", params: { at } }];
}
