import { ReadError } from "../../../quota/failure.ts";
import type { Meter } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { readBilling } from "../../quota-site/billing.ts";
import { expiryNotice } from "../../quota-site/expiry.ts";
import { judgeInBandRefusal } from "../../quota-site/in-band-refusal.ts";
import { readSite, type Site } from "../../quota-site/site.ts";
import { readUser } from "../../quota-site/user.ts";
import type { ReadContext } from "../../source.ts";
import type { NewApiOptions } from "./descriptor.ts";
import { type TokenUsage, tokenUsageAnswer } from "./schema.ts";

/**
 * Reads what the key may use; sites without the route for it tell the same by the billing routes. With a user ID the key is a
 * system access token, and the account's balance is read. Throws ReadError.
 */
export async function read(context: ReadContext, { userId, userHeader }: NewApiOptions): Promise<Reading> {
  if (userId !== "") return readUser(context, await readSite(context), { headers: { [userHeader]: userId } });
  // First the route that is limited to one request a minute: where it refuses, nothing more is asked.
  const token = await readToken(context);
  const site = await readSite(context);
  if (token === null) {
    const { meter, notices } = await readBilling(context, site);
    return { meters: [meter], account: null, notices: [...notices] };
  }
  return {
    meters: [keyLimit(token, site)],
    account: token.name,
    notices: notices(token, site, context.now),
  };
}

/** Null where the site does not have the route. Its last slash matters: without it the site redirects. */
async function readToken(context: ReadContext): Promise<TokenUsage | null> {
  try {
    return (await context.getJson("/api/usage/token/", tokenUsageAnswer, { judge: judgeInBandRefusal })).data;
  } catch (error) {
    if (error instanceof ReadError && error.failure.cause === "not-found") return null;
    throw error;
  }
}

function keyLimit(token: TokenUsage, site: Site): Meter {
  return {
    id: "key-limit",
    label: { key: "meter.key-limit" },
    unit: site.unit,
    limit: token.unlimited_quota ? "unlimited" : site.ofQuota(notNegative(token.total_granted, "total_granted")),
    used: site.ofQuota(notNegative(token.total_used, "total_used")),
    remaining: token.unlimited_quota ? "unlimited" : site.ofQuota(token.total_available),
    window: { kind: "lifetime" },
    scope: "key",
    confidence: "reported",
  };
}

function notNegative(quota: number, name: string): number {
  if (quota >= 0) return quota;
  throw new ReadError("unexpected-shape", { detail: `data.${name}: negative, which it cannot be` });
}

function notices(token: TokenUsage, site: Site, now: number): Notice[] {
  return [
    ...site.notices,
    ...expiryNotice(token.expires_at, now),
    ...(token.model_limits_enabled === true ? [{ key: "notice.some-models-only", params: {} }] : []),
    // Without a limit of its own a key draws on its user's balance.
    ...(token.unlimited_quota ? [{ key: "notice.balance-not-told", params: {} }] : []),
  ];
}
