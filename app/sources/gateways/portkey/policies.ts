import type { Label, Meter, Scope } from "../../../quota/meter.ts";
import { firstOfEachId, slug, wholeSlug } from "../../slug.ts";
import type { ReadContext } from "../../source.ts";
import { unlessHidden } from "../../unless-hidden.ts";
import { figures, inUnit, unitOf } from "./figures.ts";
import { windowOf } from "./period.ts";
import { type Policy, policiesAnswer, policyAnswer } from "./schema.ts";

const PATH = "/v1/policies/usage-limits";

/** Documented to be UUIDs. Nothing else that a gateway sends goes into an address: it could be anything, even the key. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Each costs a request. */
const MOST_POLICIES = 5;

/** A policy that counts per user can have thousands of counters; those that used most come first. */
const MOST_COUNTERS = 10;

/**
 * Reads the usage limit policies, and what was used of them. `keyId` leaves out the counters of other keys. None where this key
 * may not see them; they do not exist on every plan. Throws ReadError.
 */
export async function readPolicies(context: ReadContext, keyId: string): Promise<Meter[]> {
  const told = await unlessHidden(async () => {
    const { data } = await context.getJson(PATH, policiesAnswer);
    const active = data.filter(({ id, status }) => UUID.test(id) && status !== "archived").slice(0, MOST_POLICIES);
    const meters: Meter[] = [];
    for (const { id } of active) {
      const policy = await context.getJson(`${PATH}/${id}`, policyAnswer, {
        query: { include_usage: "true" },
      });
      meters.push(...policyMeters(policy, keyId));
    }
    return firstOfEachId(meters);
  });
  return told ?? [];
}

function policyMeters(policy: Policy, keyId: string): Meter[] {
  const unit = unitOf(policy.type);
  const limit = inUnit(unit, policy.credit_limit);
  const byKey = policy.group_by?.some(({ key }) => key === "api_key") ?? false;
  const counters = Object.entries(policy.value_key_usage_map ?? {})
    .filter(([value]) => keyId === "" || !byKey || value.includes(keyId))
    .toSorted(([, a], [, b]) => order(b.current_usage) - order(a.current_usage))
    .slice(0, MOST_COUNTERS);
  return counters.map(([value, { current_usage, status }]) => ({
    id: `policy-${slug(policy.id)}-${wholeSlug(value)}`,
    label: labelOf(policy, counters.length === 1 ? null : readable(value, policy)),
    unit,
    ...figures(limit, inUnit(unit, current_usage), status === "exhausted", "reported"),
    window: windowOf(policy),
    scope: scopeOf(policy),
  }));
}

/** What a policy counts by, in words. */
const GROUPS: ReadonlyMap<string, string> = new Map([
  ["api_key", "key"],
  ["workspace_id", "workspace"],
  ["organisation_id", "organization"],
]);

/** A counter's name "workspace_id:ws-1-api_key:k-2" as "workspace ws-1, key k-2"; one that is not made so stays as it is. */
function readable(value: string, { group_by }: Policy): string {
  const parts = (group_by ?? [])
    .flatMap(({ key }) => {
      const at = value.startsWith(`${key}:`) ? 0 : value.indexOf(`-${key}:`);
      return at === -1 ? [] : [{ key, at, from: at + key.length + (at === 0 ? 1 : 2) }];
    })
    .toSorted((a, b) => a.at - b.at);
  if (parts[0]?.at !== 0) return value;
  return parts
    .map(({ key, from }, index) => {
      const group = GROUPS.get(key) ?? key.replace(/^metadata\.?_?/, "").replaceAll("_", " ");
      return `${group} ${value.slice(from, parts[index + 1]?.at)}`.trim();
    })
    .join(", ");
}

function order(usage: number | "unknown"): number {
  return usage === "unknown" ? -1 : usage;
}

function labelOf({ name, type }: Policy, value: string | null): Label {
  if (name !== null) return { text: value === null ? name : `${name}, ${value}` };
  if (value !== null) return { text: value };
  return { key: type === "tokens" ? "meter.tokens" : "meter.spend-limit" };
}

function scopeOf({ group_by }: Policy): Scope {
  switch (group_by?.[0]?.key) {
    case "api_key":
      return "key";
    case "workspace_id":
      return "team";
    case "organisation_id":
      return "organization";
    case "model":
      return "model";
    default:
      return "account";
  }
}
