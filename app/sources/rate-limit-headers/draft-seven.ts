import { parseDictionary } from "structured-headers";
import type { Meter } from "../../quota/meter.ts";
import type { LimitHeaders } from "./header-values.ts";
import { limitMeter, SECOND_MS } from "./limit-meter.ts";
import { resetAfter } from "./reset-time.ts";
import { fieldItems, wholeParameter } from "./structured-fields.ts";

/**
 * `RateLimit: limit=100, remaining=12, reset=34` with `RateLimit-Policy: 100;w=60` (draft-ietf-httpapi-ratelimit-headers-07, emitted
 * by express-rate-limit): requests, and seconds to wait. The window is that of the policy with the same limit.
 */
export function draftSeven(headers: LimitHeaders, now: number): readonly Meter[] {
  const told = members(headers.get("ratelimit"));
  const limit = told.get("limit") ?? null;
  const reset = told.get("reset") ?? null;
  const policies = fieldItems(headers.get("ratelimit-policy")).filter(({ value }) => limit !== null && value === limit);
  const [policy] = policies;
  const seconds = policy === undefined || policies.length > 1 ? null : wholeParameter(policy, "w");
  return limitMeter({
    id: "rate-limit",
    label: { key: "meter.rate-limit" },
    unit: { kind: "requests" },
    limit,
    remaining: told.get("remaining") ?? null,
    lengthMs: seconds === null || seconds === 0 ? null : seconds * SECOND_MS,
    resetsAt: reset === null ? null : resetAfter(reset * SECOND_MS, now),
    scope: "key",
  });
}

/**
 * The whole numbers of a dictionary. Where a member stands there twice with different figures (of two senders), nobody can say which
 * holds, and a dictionary keeps only the last: then there are none.
 */
function members(text: string | undefined): ReadonlyMap<string, number> {
  if (text === undefined) return new Map();
  try {
    const parts = new Set(text.split(",").map((part) => part.trim()));
    const dictionary = parseDictionary([...parts].join(", "));
    if (dictionary.size !== parts.size) return new Map();
    return new Map(
      [...dictionary].flatMap(([name, [value]]) =>
        typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? [[name, value] as const] : [],
      ),
    );
  } catch {
    return new Map();
  }
}
