import type { Label, Meter } from "../../quota/meter.ts";
import { count } from "../numbers.ts";
import { figure, type LimitHeaders } from "./header-values.ts";
import { limitMeter, SECOND_MS } from "./limit-meter.ts";
import { resetOf } from "./reset-time.ts";
import { type FieldItem, fieldItems, fieldText, wholeParameter } from "./structured-fields.ts";

interface Announced {
  readonly limit: number | null;
  readonly lengthMs: number | null;
  readonly name: string | null;
  /** Whether any policy has a name, as Envoy's have. */
  readonly named: boolean;
}

const NOT_TOLD: Announced = { limit: null, lengthMs: null, name: null, named: false };

/**
 * `<prefix>-{limit,remaining,reset}` with prefix `ratelimit` (IETF drafts up to 06, Kong, GitLab) or `x-ratelimit` (everywhere, Envoy):
 * the one limit that is closest to being reached. The limit may be followed by the policies behind it, as draft 03 has it
 * (`10, 10;w=1;name="per-ip"`). Resets are seconds to wait, or an epoch where the number is that large (GitLab). Counts are
 * requests, save where Envoy names a policy: its limits may count tokens, and the header does not say.
 */
export function unnamedLimit(
  prefix: "ratelimit" | "x-ratelimit",
  headers: LimitHeaders,
  now: number,
): readonly Meter[] {
  const { limit, lengthMs, name, named } = announced(headers.get(`${prefix}-limit`));
  const label: Label = name === null ? { key: "meter.rate-limit" } : { key: "meter.rate-limit-of", params: { name } };
  return limitMeter({
    id: "rate-limit",
    label,
    unit: { kind: named ? "units" : "requests" },
    limit,
    remaining: figure(headers.get(`${prefix}-remaining`), count),
    lengthMs,
    resetsAt: resetOf(headers.get(`${prefix}-reset`), now),
    scope: "key",
  });
}

/** The first number is the limit in force, the others are policies; two limits without windows are two headers that disagree. */
function announced(text: string | undefined): Announced {
  const [first, ...policies] = fieldItems(text);
  const limit = first?.value;
  if (first === undefined || typeof limit !== "number" || !Number.isSafeInteger(limit) || limit < 0) return NOT_TOLD;
  if (policies.some((policy) => policy.value !== limit && wholeParameter(policy, "w") === null)) return NOT_TOLD;
  const items = [first, ...policies];
  const named = items.some((policy) => nameOf(policy) !== null);
  const inForce = items.filter((policy) => policy.value === limit && wholeParameter(policy, "w") !== null);
  const windows = new Set(inForce.map((policy) => wholeParameter(policy, "w")));
  const names = new Set(inForce.map(nameOf));
  // Several policies of the same limit: which of them is meant is not told.
  return { limit, lengthMs: windowMs(windows), name: names.size === 1 ? ([...names][0] ?? null) : null, named };
}

function nameOf(policy: FieldItem): string | null {
  return fieldText(policy.parameters.get("name"));
}

function windowMs(windows: ReadonlySet<number | null>): number | null {
  const [seconds] = windows;
  return windows.size === 1 && seconds ? seconds * SECOND_MS : null;
}
