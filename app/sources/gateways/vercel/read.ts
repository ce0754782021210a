import type { Reading } from "../../../quota/reading.ts";
import type { ReadContext } from "../../source.ts";
import { creditsAnswer } from "./schema.ts";

/** Reads the team's credits. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const { balance, total_used: used } = await context.getJson("/v1/credits", creditsAnswer);
  return {
    account: null,
    notices: [],
    meters: [
      {
        id: "balance",
        label: { key: "meter.balance" },
        unit: { kind: "money", currency: "USD" },
        // Balance and use add up to all credits ever bought, and a share of that would say nothing.
        limit: "unknown",
        used,
        remaining: balance,
        window: { kind: "balance" },
        scope: "team",
        confidence: "reported",
      },
    ],
  };
}
