import type { Reading } from "../../../quota/reading.ts";
import { percentMeter } from "../../percent-meter.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../../source.ts";
import { billingAnswer } from "./schema.ts";

/** Reads how much of the period's credits is used. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const { config } = await context.getJson("/v1/billing", billingAnswer, { query: { format: "credits" }, judge });
  const resetsAt = config.currentPeriod?.end ?? config.billingPeriodEnd;
  return {
    meters: [
      percentMeter({
        id: "credits",
        label: { key: "meter.credits" },
        used: config.creditUsagePercent,
        window: { kind: "period", resetsAt, resetBasis: "reported" },
        scope: "account",
      }),
    ],
    account: null,
    notices: [],
  };
}

function judge({ status }: JudgedAnswer): Verdict | null {
  return status === 401
    ? { cause: "key-refused", detail: "the token has ended; only the Grok CLI can renew it" }
    : null;
}
