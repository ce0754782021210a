import { subtract } from "../../../quota/amount.ts";
import { nextUtcReset } from "../../../quota/calendar.ts";
import type { Meter, Unit } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import type { ReadContext } from "../../source.ts";
import { unlessHidden } from "../../unless-hidden.ts";
import { keyAnswer, organizationAnswer } from "./schema.ts";

const USD: Unit = { kind: "money", currency: "USD" };

/** Reads the key's month, and the organization's balance where this key may see it. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const key = await context.getJson("/v1/manage/apikey/self", keyAnswer);
  // The permission is known, so a key without it is not sent for a refusal at each poll.
  const balance = key.permissions?.manage === "none" ? null : await readBalance(context);
  const { monthly_limit: limit, monthly_spend: used } = key;
  const budget: Meter = {
    id: "key-budget",
    label: { key: "meter.key-budget" },
    unit: USD,
    limit,
    used,
    remaining: subtract(limit, used),
    // The time zone of the month is not documented; UTC is what the service's times are in.
    window: {
      kind: "calendar",
      period: "month",
      timeZone: "UTC",
      resetsAt: nextUtcReset("month", context.now),
      resetBasis: "derived",
    },
    scope: "key",
    confidence: typeof limit === "number" ? "derived" : "reported",
  };
  return {
    account: key.name,
    notices: balance === null ? [{ key: "notice.balance-not-told", params: {} }] : [],
    meters: balance === null ? [budget] : [budget, balanceMeter(balance)],
    ...(key.id !== null && { subjects: { key: key.id } }),
  };
}

/** Null when this key may not see it. */
async function readBalance(context: ReadContext): Promise<number | null> {
  return unlessHidden(async () => (await context.getJson("/v1/manage/org", organizationAnswer)).balance);
}

function balanceMeter(remaining: number): Meter {
  return {
    id: "balance",
    label: { key: "meter.balance" },
    unit: USD,
    limit: "unknown",
    used: "unknown",
    remaining,
    window: { kind: "balance" },
    scope: "organization",
    confidence: "reported",
  };
}
