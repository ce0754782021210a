import { subtract } from "../../../quota/amount.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Meter } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import type { ReadContext } from "../../source.ts";
import { judgeRefusal } from "./refusal.ts";
import { keyHeaders } from "./schema.ts";

/**
 * What LiteLLM tells a key about itself in the headers of every answer (docs.litellm.ai, "Response headers"). The list of models
 * costs nothing. For keys that may not ask for their own information.
 * Throws ReadError "key-lacks-permission" where the headers hold nothing either.
 */
export async function readKeyHeaders(context: ReadContext): Promise<Reading> {
  const { status, headers } = await context.getHeaders("/v1/models", { judge: judgeRefusal });
  const told = keyHeaders.parse(headers);
  const budget = budgetMeter(told["x-litellm-key-spend"], told["x-litellm-key-max-budget"]);
  const meters = [
    ...(budget === null ? [] : [budget]),
    ...rateMeter("requests", told["x-litellm-key-rpm-limit"]),
    ...rateMeter("tokens", told["x-litellm-key-tpm-limit"]),
  ];
  if (meters.length === 0) {
    if (status === 429) throw new ReadError("rate-limited", { status });
    throw new ReadError("key-lacks-permission", { detail: "the answer's headers tell nothing of the key either" });
  }
  return { meters, account: null, notices: budget === null ? [{ key: "notice.headers-only", params: {} }] : [] };
}

/** A budget that is not in the headers is not told: they do not say "none". Neither is when it comes back. */
function budgetMeter(used: number | "unknown", limit: number | "unknown"): Meter | null {
  if (used === "unknown" && limit === "unknown") return null;
  return {
    id: "key-budget",
    label: { key: "meter.key-budget" },
    unit: { kind: "money", currency: "USD" },
    limit,
    used,
    remaining: subtract(limit, used),
    window: { kind: "period", resetsAt: null, resetBasis: "reported" },
    scope: "key",
    confidence: used === "unknown" || limit === "unknown" ? "reported" : "derived",
  };
}

function rateMeter(kind: "requests" | "tokens", limit: number | "unknown"): Meter[] {
  if (limit === "unknown") return [];
  return [
    {
      id: `${kind}-per-minute`,
      label: { key: `meter.${kind}-per`, params: { window: "minute" } },
      unit: { kind },
      limit,
      used: "unknown",
      remaining: "unknown",
      window: { kind: "rolling", lengthMs: 60_000, resetsAt: null, resetBasis: "reported" },
      scope: "key",
      confidence: "reported",
    },
  ];
}
