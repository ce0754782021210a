import type { Label, Meter } from "../../quota/meter.ts";
import { decimal } from "../numbers.ts";
import { slug } from "../slug.ts";
import { figure, type LimitHeaders } from "./header-values.ts";
import { limitMeter, NAMED_WINDOWS, SECOND_MS, type ToldLimit } from "./limit-meter.ts";
import { resetInSeconds } from "./reset-time.ts";

const LIMIT_HEADER = /^x-ai-ratelimit-(?:limit|remaining|reset)-([a-z0-9][a-z0-9._-]{0,80})$/;
const KONG_WINDOW = /^(second|minute|hour|day|week|month|year|[1-9]\d{0,8})-(.+)$/;

type Named = Pick<ToldLimit, "id" | "label" | "unit" | "lengthMs">;

/**
 * `X-AI-RateLimit-{Limit,Remaining,Reset}-<window>-<provider>` of Kong's ai-rate-limiting-advanced, which counts tokens or cost by its
 * configuration (so the unit is not told), and `…-<instance>` of APISIX's ai-rate-limiting, which counts tokens (both by their
 * documentation). Resets are seconds; Kong may send one for all without a window, which is of use where there is one limit.
 */
export function aiPlugins(headers: LimitHeaders, now: number): readonly Meter[] {
  const names = new Set([...headers.keys()].flatMap((name) => LIMIT_HEADER.exec(name)?.[1] ?? []));
  return [...names].flatMap((name) =>
    limitMeter({
      ...named(name),
      limit: figure(headers.get(`x-ai-ratelimit-limit-${name}`), decimal),
      remaining: figure(headers.get(`x-ai-ratelimit-remaining-${name}`), decimal),
      resetsAt:
        resetInSeconds(headers.get(`x-ai-ratelimit-reset-${name}`), now) ??
        (names.size === 1 ? resetInSeconds(headers.get("x-ai-ratelimit-reset"), now) : null),
      scope: "key",
    }),
  );
}

function named(name: string): Named {
  const [, window, provider] = KONG_WINDOW.exec(name) ?? [];
  if (window === undefined || provider === undefined) {
    return { id: `ai-${slug(name)}`, label: label(name), unit: { kind: "tokens" }, lengthMs: null };
  }
  const lengthMs = NAMED_WINDOWS.has(window) ? (NAMED_WINDOWS.get(window) ?? null) : Number(window) * SECOND_MS;
  const per = NAMED_WINDOWS.has(window) ? `per ${window}` : `per ${window} s`;
  return {
    id: `ai-${window}-${slug(provider)}`,
    label: label(`${provider}, ${per}`),
    unit: { kind: "units" },
    lengthMs,
  };
}

function label(name: string): Label {
  return { key: "meter.rate-limit-of", params: { name } };
}
