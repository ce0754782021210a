import { LONGEST_WAIT_MS, parseRetryAfter } from "../retry-after.ts";
import { type LimitHeaders, soleValue } from "./header-values.ts";

const KONG_RETRY = /^x-ai-ratelimit-retry-after(?:-|$)/;

/**
 * Until when the answer asks to wait, epoch milliseconds, at most a day ahead; null where it does not. `Retry-After` wins;
 * then `retry-after-ms` (OpenAI, Azure) and the longest of Kong's `X-AI-RateLimit-Retry-After…`, in seconds.
 */
export function retryAtOf(headers: LimitHeaders, now: number): number | null {
  // An HTTP date holds a comma, so this one is not split where it was sent twice.
  const plain = parseRetryAfter(headers.get("retry-after"), now, headers.get("date"));
  if (plain !== null) return plain;
  const ms = soleValue(headers.get("retry-after-ms"));
  if (ms !== null && /^\d{1,12}(\.\d{1,9})?$/.test(ms)) return now + Math.min(Math.ceil(Number(ms)), LONGEST_WAIT_MS);
  const waits = [...headers].flatMap(([name, value]) => {
    const seconds = KONG_RETRY.test(name) ? soleValue(value) : null;
    return seconds !== null && /^\d{1,12}$/.test(seconds) ? Number(seconds) * 1000 : [];
  });
  // Not a spread: there may be thousands.
  return waits.length === 0
    ? null
    : now +
        Math.min(
          waits.reduce((longest, wait) => Math.max(longest, wait), 0),
          LONGEST_WAIT_MS,
        );
}
