import { type Amount, subtract } from "../../../quota/amount.ts";
import type { Reading } from "../../../quota/reading.ts";
import { allPages } from "../../all-pages.ts";
import { type Cost, sumOfCosts } from "../../cost-sum.ts";
import { monthToDate } from "../../month-to-date.ts";
import type { ReadContext } from "../../source.ts";
import { unlessHidden } from "../../unless-hidden.ts";
import { costsPage, spendLimitAnswer } from "./schema.ts";

/** The report of a day is complete by the next one. */
const LAG_HOURS = 24;

/** Reads the organization's costs of the calendar month (UTC) against its spend limit. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const month = monthToDate(context.now);
  const buckets = await allPages(context, "/v1/organization/costs", costsPage, {
    query: { start_time: String(Math.floor(month.startedAt / 1000)), bucket_width: "1d", limit: "31" },
  });
  const costs = buckets.flatMap(({ results }) =>
    results.map(({ amount }): Cost => ({ micros: amount.value, currency: amount.currency })),
  );
  const spent = sumOfCosts(costs, "USD");
  const limit = await readLimit(context, spent.currency);
  return {
    account: null,
    notices: [{ key: "notice.figures-lag", params: { hours: LAG_HOURS } }],
    meters: [
      {
        id: "spend-month",
        label: { key: "meter.spend-month" },
        unit: { kind: "money", currency: spent.currency },
        limit,
        used: spent.micros,
        remaining: subtract(limit, spent.micros),
        window: month.window,
        scope: "organization",
        confidence: "derived",
      },
    ],
  };
}

/**
 * Unlimited where the answer is a limit of 0; unknown where the key may not see it, where it counts something else than a month's
 * costs, and where the route is not there: that none is set is only presumed of a 404.
 */
async function readLimit(context: ReadContext, currency: string): Promise<Amount> {
  const answer = await unlessHidden(() => context.getJson("/v1/organization/spend_limit", spendLimitAnswer));
  if (answer === null || answer.threshold_amount === "unknown") return "unknown";
  if (answer.threshold_amount === 0) return "unlimited";
  const fits = answer.currency === currency && (answer.interval ?? "month") === "month";
  return fits ? answer.threshold_amount : "unknown";
}
