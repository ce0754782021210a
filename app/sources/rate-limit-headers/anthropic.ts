import type { Label, Meter } from "../../quota/meter.ts";
import { count } from "../numbers.ts";
import { figure, type LimitHeaders } from "./header-values.ts";
import { limitMeter } from "./limit-meter.ts";
import { resetAtInstant } from "./reset-time.ts";

const FAMILIES = [
  { prefix: "anthropic-ratelimit", id: "anthropic" },
  { prefix: "anthropic-priority", id: "anthropic-priority" },
] as const;
const COUNTED = ["requests", "tokens", "input-tokens", "output-tokens"] as const;

/**
 * `anthropic-ratelimit-{requests,tokens,input-tokens,output-tokens}-{limit,remaining,reset}` and the same of the priority tier
 * (platform.claude.com, rate limits): of a group of models in the organization, tokens rounded to thousands, resets in RFC 3339.
 */
export function anthropicApi(headers: LimitHeaders, now: number): readonly Meter[] {
  return FAMILIES.flatMap(({ prefix, id }) =>
    COUNTED.flatMap((counted) => {
      const header = (part: string) => headers.get(`${prefix}-${counted}-${part}`);
      return limitMeter({
        id: `${id}-${counted}`,
        label: labelOf(id, counted),
        unit: { kind: counted === "requests" ? "requests" : "tokens" },
        limit: figure(header("limit"), count),
        remaining: figure(header("remaining"), count),
        lengthMs: null,
        resetsAt: resetAtInstant(header("reset"), now),
        scope: "model",
      });
    }),
  );
}

function labelOf(family: (typeof FAMILIES)[number]["id"], counted: (typeof COUNTED)[number]): Label {
  return family === "anthropic"
    ? { key: `meter.${counted}` }
    : { key: "meter.rate-limit-of", params: { name: `priority ${counted.replace("-", " ")}` } };
}
