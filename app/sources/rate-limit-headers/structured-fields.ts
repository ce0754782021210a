import { type List, type Parameters, parseList, Token } from "structured-headers";
import type { Meter } from "../../quota/meter.ts";
import { slug } from "../slug.ts";
import type { LimitHeaders } from "./header-values.ts";
import { limitMeter, SECOND_MS, type ToldLimit } from "./limit-meter.ts";
import { resetAfter } from "./reset-time.ts";

/** An item of a list of structured fields (RFC 9651): its bare value with its parameters. */
export interface FieldItem {
  readonly value: List[number][0];
  readonly parameters: Parameters;
}

/** The items of a header that is a list of structured fields; none where it is not. */
export function fieldItems(text: string | undefined): readonly FieldItem[] {
  if (text === undefined) return [];
  try {
    return parseList(text).map(([value, parameters]) => ({ value, parameters }));
  } catch {
    return [];
  }
}

/** A parameter that is a whole number and not negative; null otherwise. */
export function wholeParameter({ parameters }: FieldItem, name: string): number | null {
  const value = parameters.get(name);
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** A value that is a string or a token; null otherwise. */
export function fieldText(value: unknown): string | null {
  const text = value instanceof Token ? value.toString() : value;
  return typeof text === "string" && text.trim() !== "" ? text.trim().slice(0, 60) : null;
}

/**
 * `RateLimit-Policy: "burst";q=100;w=60` and `RateLimit: "burst";r=12;t=34` (draft-ietf-httpapi-ratelimit-headers-10, emitted by
 * Cloudflare's API): limits and what is left of them, joined by the policy's name. `q` and `r` are counts of `qu`, requests
 * where it is left out; `w` and `t` are seconds. Items without their required parameter are skipped.
 */
export function ietfRateLimit(headers: LimitHeaders, now: number): readonly Meter[] {
  const policies = byName(headers.get("ratelimit-policy"), "q");
  const states = byName(headers.get("ratelimit"), "r");
  const names = new Set([...policies.keys(), ...states.keys()]);
  return [...names].flatMap((name) => {
    const policy = policies.get(name);
    const state = states.get(name);
    const seconds = policy === undefined ? null : wholeParameter(policy, "w");
    const wait = state === undefined ? null : wholeParameter(state, "t");
    return limitMeter({
      id: `rate-limit-${slug(name)}`,
      label: { key: "meter.rate-limit-of", params: { name } },
      unit: unitOf(policy),
      limit: policy === undefined ? null : wholeParameter(policy, "q"),
      remaining: state === undefined ? null : wholeParameter(state, "r"),
      lengthMs: seconds === null || seconds === 0 ? null : seconds * SECOND_MS,
      resetsAt: wait === null ? null : resetAfter(wait * SECOND_MS, now),
      scope: "key",
    });
  });
}

/**
 * Items by the name of their policy, with the parameter that they must have. A name that stands there twice with different
 * figures (of two partitions, of two senders) is left out: which of them holds for the next request is not told.
 */
function byName(text: string | undefined, required: string): ReadonlyMap<string, FieldItem> {
  const items = new Map<string, FieldItem>();
  const disputed = new Set<string>();
  for (const item of fieldItems(text)) {
    const name = fieldText(item.value);
    const figure = wholeParameter(item, required);
    if (name === null || figure === null) continue;
    const known = items.get(name);
    if (known === undefined) items.set(name, item);
    else if (wholeParameter(known, required) !== figure) disputed.add(name);
  }
  for (const name of disputed) items.delete(name);
  return items;
}

function unitOf(policy: FieldItem | undefined): ToldLimit["unit"] {
  const unit = policy?.parameters.get("qu");
  if (unit === undefined) return { kind: "requests" };
  const name = fieldText(unit);
  return name === "requests" || name === "tokens" ? { kind: name } : { kind: "units" };
}
