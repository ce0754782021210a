import { type Amount, subtract, toMicros } from "../../quota/amount.ts";
import type { Meter } from "../../quota/meter.ts";
import { count } from "../numbers.ts";
import { figure, type LimitHeaders, limitHeaders, soleValue } from "./header-values.ts";
import { limitMeter, MINUTE_MS } from "./limit-meter.ts";

/** What the proxy tells of the key that asked. Money in micros of US dollars. Unknown: no header, or "None". */
export interface LitellmKeyFigures {
  readonly spend: number | "unknown";
  readonly maxBudget: number | "unknown";
  readonly tokensPerMinute: number | "unknown";
  readonly requestsPerMinute: number | "unknown";
}

/** Python prints small floats with an exponent: "1.2e-05". */
const PYTHON_FLOAT = /^\d{1,15}(\.\d{1,30})?(e[+-]?\d{1,2})?$/i;

/**
 * `x-litellm-key-{spend,max-budget,tpm-limit,rpm-limit}` (docs.litellm.ai, response headers), which come with every answer, also
 * of `/v1/models`, and to keys that may not ask the management routes.
 */
export function litellmKeyFigures(headers: Readonly<Record<string, string>>): LitellmKeyFigures {
  return keyFigures(limitHeaders(headers));
}

function keyFigures(headers: LimitHeaders): LitellmKeyFigures {
  const header = (part: string) => headers.get(`x-litellm-key-${part}`);
  return {
    spend: dollars(header("spend")),
    maxBudget: dollars(header("max-budget")),
    tokensPerMinute: figure(header("tpm-limit"), count) ?? "unknown",
    requestsPerMinute: figure(header("rpm-limit"), count) ?? "unknown",
  };
}

/** The same as meters: the budget, and the limits per minute, of which it is not told what is left. */
export function litellmKey(headers: LimitHeaders): readonly Meter[] {
  const { spend, maxBudget, tokensPerMinute, requestsPerMinute } = keyFigures(headers);
  const perMinute = (unit: "tokens" | "requests", limit: number | "unknown") =>
    limitMeter({
      id: `key-${unit}-minute`,
      label: { key: `meter.${unit}-per`, params: { window: "minute" } },
      unit: { kind: unit },
      limit: limit === "unknown" ? null : limit,
      remaining: null,
      lengthMs: MINUTE_MS,
      resetsAt: null,
      scope: "key",
    });
  return [
    ...budget(spend, maxBudget),
    ...perMinute("tokens", tokensPerMinute),
    ...perMinute("requests", requestsPerMinute),
  ];
}

function budget(spend: Amount, limit: Amount): readonly Meter[] {
  if (spend === "unknown" && limit === "unknown") return [];
  const remaining = subtract(limit, spend);
  return [
    {
      id: "key-budget",
      label: { key: "meter.key-budget" },
      unit: { kind: "money", currency: "USD" },
      limit,
      used: spend,
      remaining,
      // When the budget begins anew is told by the management routes alone.
      window: { kind: "period", resetsAt: null, resetBasis: "reported" },
      scope: "key",
      confidence: remaining === "unknown" ? "reported" : "derived",
    },
  ];
}

function dollars(text: string | undefined): number | "unknown" {
  const value = soleValue(text);
  return value !== null && PYTHON_FLOAT.test(value) ? (toMicros(Number(value)) ?? "unknown") : "unknown";
}
