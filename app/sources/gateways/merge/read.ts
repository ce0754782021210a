import type { Reading } from "../../../quota/reading.ts";
import type { ReadContext } from "../../source.ts";
import { creditsAnswer } from "./schema.ts";

/** Reads the organization's credit. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const { balance_usd: remaining, total_spend_usd: used } = await context.getJson("/v1/credits", creditsAnswer);
  return {
    account: null,
    notices: [],
    meters: [
      {
        id: "balance",
        label: { key: "meter.balance" },
        unit: { kind: "money", currency: "USD" },
        // Prepaid: a share of all credit there ever was would say nothing.
        limit: "unknown",
        used,
        remaining,
        window: { kind: "balance" },
        scope: "organization",
        confidence: "reported",
      },
    ],
  };
}
