import { ReadError } from "../../../quota/failure.ts";
import type { Meter, Unit } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import { allPages } from "../../all-pages.ts";
import { sumOfCosts } from "../../cost-sum.ts";
import { monthToDate } from "../../month-to-date.ts";
import type { ReadContext, RequestOptions } from "../../source.ts";
import { costsPage, usagePage } from "./schema.ts";

type Month = ReturnType<typeof monthToDate>;

/**
 * Reads the organization's costs and tokens of the calendar month (UTC). No limit and no balance is told; costs of the Priority
 * Tier are not in the report. Throws ReadError.
 */
export async function read(context: ReadContext): Promise<Reading> {
  const month = monthToDate(context.now);
  const request: RequestOptions = {
    headers: { "anthropic-version": "2023-06-01" },
    query: { starting_at: new Date(month.startedAt).toISOString(), bucket_width: "1d", limit: "31" },
  };
  const costs = await readCosts(context, request, month);
  const tokens = await readTokens(context, request, month);
  const notices = [{ key: "notice.priority-tier-excluded", params: {} }];
  return { account: null, notices, meters: [costs, ...(tokens === null ? [] : [tokens])] };
}

async function readCosts(context: ReadContext, request: RequestOptions, month: Month): Promise<Meter> {
  const buckets = await allPages(context, "/v1/organizations/cost_report", costsPage, request);
  const costs = buckets.flatMap(({ results }) => results.map(({ amount, currency }) => ({ micros: amount, currency })));
  const { micros, currency } = sumOfCosts(costs, "USD");
  return spendMeter("spend-month", "meter.spend-month", { kind: "money", currency }, micros, month);
}

/** Null where the key may not read the usage report, or it leaves a kind of token out: a sum without it would be wrong. */
async function readTokens(context: ReadContext, request: RequestOptions, month: Month): Promise<Meter | null> {
  try {
    const buckets = await allPages(context, "/v1/organizations/usage_report/messages", usagePage, request);
    const counts = buckets.flatMap(({ results }) => results).flatMap((result) => Object.values(result));
    const told = counts.filter((tokens) => tokens !== "unknown");
    if (told.length < counts.length) return null;
    const tokens = told.reduce((sum, more) => sum + more, 0);
    return spendMeter("tokens-month", "meter.tokens", { kind: "tokens" }, tokens, month);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    const { cause } = error.failure;
    if (cause === "key-refused" || cause === "key-lacks-permission" || cause === "not-found") return null;
    throw error;
  }
}

function spendMeter(id: string, label: string, unit: Unit, used: number, { window }: Month): Meter {
  return {
    id,
    label: { key: label },
    unit,
    limit: "unknown",
    used,
    remaining: "unknown",
    window,
    scope: "organization",
    confidence: "derived",
  };
}
