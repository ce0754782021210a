import { ReadError } from "../../../quota/failure.ts";
import type { Reading } from "../../../quota/reading.ts";
import type { ReadContext } from "../../source.ts";
import { balanceAnswer } from "./schema.ts";

/** Reads the account's compute points. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const { current_point_balance: remaining } = await readBalance(context);
  return {
    account: null,
    notices: [],
    meters: [
      {
        id: "balance",
        label: { key: "meter.balance" },
        unit: { kind: "points" },
        limit: "unknown",
        used: "unknown",
        remaining,
        window: { kind: "balance" },
        scope: "account",
        confidence: "reported",
      },
    ],
  };
}

/** Some pages of the documentation have the route below "/v1". */
async function readBalance(context: ReadContext) {
  try {
    return await context.getJson("/usage/current_balance", balanceAnswer);
  } catch (error) {
    if (!(error instanceof ReadError) || error.failure.cause !== "not-found") throw error;
    return await context.getJson("/v1/usage/current_balance", balanceAnswer);
  }
}
