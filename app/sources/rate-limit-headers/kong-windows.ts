import type { Meter } from "../../quota/meter.ts";
import { count } from "../numbers.ts";
import { figure, type LimitHeaders } from "./header-values.ts";
import { limitMeter, NAMED_WINDOWS } from "./limit-meter.ts";
import { resetInSeconds } from "./reset-time.ts";

/**
 * `X-RateLimit-{Limit,Remaining}-<Window>` of Kong's generic plugin (its documentation): requests per named window. It tells one
 * reset, `RateLimit-Reset` in seconds, of the window whose figures `RateLimit-Limit` and `RateLimit-Remaining` repeat.
 */
export function kongWindows(headers: LimitHeaders, now: number): readonly Meter[] {
  const resetsAt = resetInSeconds(headers.get("ratelimit-reset"), now);
  const repeated = {
    limit: figure(headers.get("ratelimit-limit"), count),
    remaining: figure(headers.get("ratelimit-remaining"), count),
  };
  return [...NAMED_WINDOWS].flatMap(([window, lengthMs]) => {
    const limit = figure(headers.get(`x-ratelimit-limit-${window}`), count);
    const remaining = figure(headers.get(`x-ratelimit-remaining-${window}`), count);
    const isNearest = limit !== null && limit === repeated.limit && remaining === repeated.remaining;
    return limitMeter({
      id: `per-${window}`,
      label: { key: "meter.requests-per", params: { window } },
      unit: { kind: "requests" },
      limit,
      remaining,
      lengthMs,
      resetsAt: isNearest ? resetsAt : null,
      scope: "key",
    });
  });
}
