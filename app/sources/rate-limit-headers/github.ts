import type { Meter } from "../../quota/meter.ts";
import { count } from "../numbers.ts";
import { slug } from "../slug.ts";
import { figure, type LimitHeaders, soleValue } from "./header-values.ts";
import { limitMeter } from "./limit-meter.ts";
import { resetAtEpochSeconds } from "./reset-time.ts";

/**
 * `x-ratelimit-{limit,remaining,used,reset,resource}` as GitHub sends them (docs.github.com, rate limits for the REST API): of the
 * token, the reset in epoch seconds. `used` and `resource` are what tells them from the plain three.
 */
export function gitHubStyle(headers: LimitHeaders, now: number): readonly Meter[] {
  const used = figure(headers.get("x-ratelimit-used"), count);
  const resource = soleValue(headers.get("x-ratelimit-resource"))?.slice(0, 40) ?? null;
  if (used === null && resource === null) return [];
  return limitMeter({
    id: resource === null ? "rate-limit" : `rate-limit-${slug(resource)}`,
    label: resource === null ? { key: "meter.rate-limit" } : { key: "meter.rate-limit-of", params: { name: resource } },
    // The GraphQL interface is charged by points.
    unit: { kind: resource === "graphql" ? "points" : "requests" },
    limit: figure(headers.get("x-ratelimit-limit"), count),
    remaining: figure(headers.get("x-ratelimit-remaining"), count),
    used,
    lengthMs: null,
    resetsAt: resetAtEpochSeconds(headers.get("x-ratelimit-reset"), now),
    scope: "key",
  });
}
