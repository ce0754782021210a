import type { Meter } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import { firstOfEachId, wholeSlug } from "../../slug.ts";
import type { ReadContext, RequestOptions } from "../../source.ts";
import { unlessHidden } from "../../unless-hidden.ts";
import type { PortkeyOptions } from "./descriptor.ts";
import { figures, inUnit, unitOf } from "./figures.ts";
import { periodStart, windowOf } from "./period.ts";
import { readPolicies } from "./policies.ts";
import { costAnswer, keyAnswer, keysAnswer, type PortkeyKey } from "./schema.ts";

/** Of so many limited keys the spend is asked for, one request each. */
const MOST_SPENDS = 5;
const MOST_KEYS = 50;

/** Reads the limits of one key or of all that this key may see, and the policies. Throws ReadError. */
export async function read(context: ReadContext, { keyId }: PortkeyOptions): Promise<Reading> {
  return keyId === "" ? readAll(context) : readOne(context, keyId);
}

async function readOne(context: ReadContext, keyId: string): Promise<Reading> {
  const key = await context.getJson(`/v1/api-keys/${encodeURIComponent(keyId)}`, keyAnswer);
  const budget = keyMeter(key, await spendOf(context, key), { id: "key-budget", label: { key: "meter.key-budget" } });
  return {
    account: key.name,
    notices: isGone(key) ? [{ key: "notice.key-disabled", params: {} }] : [],
    meters: [budget, ...(await readPolicies(context, key.id))],
    subjects: { key: key.id },
  };
}

async function readAll(context: ReadContext): Promise<Reading> {
  const { data } = await context.getJson("/v1/api-keys", keysAnswer, { query: { page_size: "100" } });
  const limited = data.filter((key) => key.usage_limits && !isGone(key)).slice(0, MOST_KEYS);
  const meters: Meter[] = [];
  for (const [index, key] of limited.entries()) {
    const spend = index < MOST_SPENDS ? await spendOf(context, key) : "unknown";
    meters.push(
      keyMeter(key, spend, {
        id: `key-budget-${wholeSlug(key.id)}`,
        label: { key: "meter.key-budget-of", params: { name: nameAmong(key, limited) } },
      }),
    );
  }
  meters.push(...(await readPolicies(context, "")));
  return {
    account: null,
    notices: meters.length === 0 ? [{ key: "notice.no-limits-told", params: {} }] : [],
    meters: firstOfEachId(meters),
  };
}

/** Names need not differ; of keys that share one, as much of the id is told as it takes. */
function nameAmong({ id, name }: PortkeyKey, keys: readonly PortkeyKey[]): string {
  if (name === null) return id;
  const namesakes = keys.filter((other) => other.name === name && other.id !== id);
  if (namesakes.length === 0) return name;
  const short = id.slice(0, 8);
  return `${name} (${namesakes.some((other) => other.id.startsWith(short)) ? id : short})`;
}

function isGone({ status }: PortkeyKey): boolean {
  return status === "archived" || status === "expired";
}

function keyMeter(key: PortkeyKey, spend: number | "unknown", name: Pick<Meter, "id" | "label">): Meter {
  const limits = key.usage_limits ?? null;
  if (limits === null) {
    return {
      ...name,
      unit: unitOf(null),
      // null is documented as "no limit", and a key that leaves the field out has none either.
      limit: "unlimited",
      used: "unknown",
      remaining: "unlimited",
      window: { kind: "lifetime" },
      scope: "key",
      confidence: "reported",
    };
  }
  const unit = unitOf(limits.type);
  const limit = inUnit(unit, limits.credit_limit);
  return {
    ...name,
    unit,
    ...figures(limit, spend, key.status === "exhausted", spend === "unknown" ? "reported" : "estimated"),
    window: windowOf(limits),
    scope: "key",
  };
}

/** An older control plane, or one that wants a workspace named, refuses a query that it does not understand. */
const judge: NonNullable<RequestOptions["judge"]> = ({ status }) =>
  status === 400 || status === 422 ? { cause: "not-found" } : null;

/**
 * What a key spent in its running period, in micros, by the analytics: they may lag, and count what the limit does not, so it is an
 * estimate. Unknown where the limit is not in money, where the period's begin is not, and where this key may not ask.
 */
async function spendOf(context: ReadContext, key: PortkeyKey): Promise<number | "unknown"> {
  const limits = key.usage_limits ?? null;
  if (limits === null || unitOf(limits.type).kind !== "money") return "unknown";
  const start = periodStart(limits, key.last_reset_at, context.now);
  if (start === null) return "unknown";
  const query = {
    time_of_generation_min: seconds(start),
    time_of_generation_max: seconds(context.now),
    api_key_ids: key.id,
  };
  return (
    (await unlessHidden(
      async () => (await context.getJson("/v1/analytics/graphs/cost", costAnswer, { query, judge })).summary.total,
    )) ?? "unknown"
  );
}

/** ISO 8601 in whole seconds, as the documentation has it. */
function seconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
