import type { Meter } from "../../quota/meter.ts";
import { HOUR_MS } from "../named-window.ts";
import { firstOfEachId } from "../slug.ts";
import { aiPlugins } from "./ai-plugins.ts";
import { anthropicApi } from "./anthropic.ts";
import { anthropicUnified } from "./anthropic-unified.ts";
import { codexPlan } from "./codex.ts";
import { cohereTrial } from "./cohere.ts";
import { draftSeven } from "./draft-seven.ts";
import { gitHubStyle } from "./github.ts";
import { type LimitHeaders, limitHeaders } from "./header-values.ts";
import { kongWindows } from "./kong-windows.ts";
import { litellmKey } from "./litellm-key.ts";
import { type DocumentedWindows, openAiStyle } from "./openai.ts";
import { retryAtOf } from "./retry-wait.ts";
import { ietfRateLimit } from "./structured-fields.ts";
import { unnamedLimit } from "./unnamed-limit.ts";

const SOON_MS = 10 * 60_000;

/** No service tells as many; more would only be noise. */
const MOST_METERS = 40;

export interface RateLimits {
  readonly meters: readonly Meter[];
  /** Epoch milliseconds before which the answer asks not to be called again; null where it does not. */
  readonly retryAt: number | null;
}

/**
 * All limits that the headers of one answer tell, whatever software sent them. Names in any case, values that came twice joined by
 * ", ". Never throws: a header that cannot be read is skipped, and what it would have told is unknown.
 */
export function rateLimitMeters(
  headers: Readonly<Record<string, string>>,
  now: number,
  windows: DocumentedWindows = {},
): RateLimits {
  const told = limitHeaders(headers);
  const all = [
    ...litellmKey(told),
    ...openAiStyle(told, now, windows),
    ...anthropicApi(told, now),
    ...anthropicUnified(told, now),
    ...codexPlan(told, now),
    ...aiPlugins(told, now),
    ...cohereTrial(told),
    ...oneDialect(told, now),
  ];
  const meters = firstOfEachId(all).slice(0, MOST_METERS);
  return { meters: meters.map((meter) => asRefill(meter, now)), retryAt: retryAtOf(told, now) };
}

/** Whether a limit is over within the hour. One of which neither length nor reset is told is no quota that anybody could plan with. */
export function isShortTerm({ window }: Meter, now: number): boolean {
  if (window.kind !== "rolling") return false;
  return (window.lengthMs ?? 0) <= HOUR_MS && (window.resetsAt ?? now) - now <= HOUR_MS;
}

/** A limit of minutes is full again before anybody asks anew: its reset is nothing to count down to or to wait for. */
function asRefill(meter: Meter, now: number): Meter {
  const { window } = meter;
  if (window.kind !== "rolling" || window.resetsAt === null) return meter;
  const isShort = (window.lengthMs ?? 0) < HOUR_MS && window.resetsAt - now < SOON_MS;
  return isShort ? { ...meter, window: { ...window, resetBasis: "refill" } } : meter;
}

/** Servers send one limit in several dialects at once, for old clients: the one that tells most is taken. */
function oneDialect(told: LimitHeaders, now: number): readonly Meter[] {
  const dialects = [
    ietfRateLimit,
    draftSeven,
    kongWindows,
    gitHubStyle,
    (headers: LimitHeaders) => unnamedLimit("ratelimit", headers, now),
  ];
  for (const dialect of dialects) {
    const meters = dialect(told, now);
    if (meters.length > 0) return meters;
  }
  return unnamedLimit("x-ratelimit", told, now);
}
