import { type LimitHeaders, limitHeaders, soleValue } from "./rate-limit-headers/header-values.ts";
import { resetOf } from "./rate-limit-headers/reset-time.ts";
import { retryAtOf } from "./rate-limit-headers/retry-wait.ts";

/** Limits on requests that no header names more closely: those on this very kind of request. */
const UNNAMED = ["ratelimit", "x-ratelimit"] as const;
/** `RateLimit` of the drafts of the IETF, with one limit in it. */
const DRAFT_SEVEN = /^limit=\d+, ?remaining=0, ?reset=(\d{1,9})$/;
const LATER_DRAFTS = /^"[^",;]*" ?; ?r=0 ?; ?t=(\d{1,9})$/;

/** A limit that is said to be used up is believed for so long; some servers send the same headers with every answer. */
const BELIEVED_MS = 60 * 60_000;

/**
 * Until when an answer, whatever its status, asks not to be called again: epoch milliseconds, at most a day ahead; null where it does
 * not. `Retry-After` and its like say so; a limit on requests of which nothing is left says so until its reset, or for an hour.
 */
export function waitAsked(headers: Readonly<Record<string, string>>, now: number): number | null {
  const told = limitHeaders(headers);
  if (told.size === 0) return null;
  const retryAt = retryAtOf(told, now);
  const usedUpUntil = usedUp(told, now);
  const until = usedUpUntil === null ? null : Math.min(usedUpUntil, now + BELIEVED_MS);
  return retryAt === null ? until : Math.max(retryAt, until ?? retryAt);
}

function usedUp(told: LimitHeaders, now: number): number | null {
  const resets = UNNAMED.flatMap((prefix) => {
    const remaining = soleValue(told.get(`${prefix}-remaining`));
    const isUsedUp = remaining !== null && /^0+(?:\.0+)?$/.test(remaining);
    return isUsedUp ? [resetOf(told.get(`${prefix}-reset`), now)] : [];
  });
  const draft = told.get("ratelimit")?.trim() ?? "";
  const seconds = (DRAFT_SEVEN.exec(draft) ?? LATER_DRAFTS.exec(draft))?.[1];
  if (seconds !== undefined) resets.push(now + Number(seconds) * 1000);
  const future = resets.filter((at) => at !== null && at > now);
  return future.length === 0 ? null : future.reduce((latest, at) => Math.max(latest ?? 0, at ?? 0), 0);
}
