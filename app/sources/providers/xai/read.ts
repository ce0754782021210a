import type { Reading } from "../../../quota/reading.ts";
import { balanceMeters } from "../../balance-reader.ts";
import type { ReadContext } from "../../source.ts";
import type { XaiOptions } from "./descriptor.ts";
import { prepaidAnswer } from "./schema.ts";

/** Reads the prepaid balance of a team. Throws ReadError. */
export async function read(context: ReadContext, { teamId }: XaiOptions): Promise<Reading> {
  const path = `/v1/billing/teams/${encodeURIComponent(teamId)}/prepaid/balance`;
  const { total } = await context.getJson(path, prepaidAnswer);
  return {
    account: null,
    // The vendor counts what it was paid as negative.
    meters: balanceMeters([{ unit: { kind: "money", currency: "USD" }, remaining: 0 - total.val, scope: "team" }]),
    notices: [{ key: "notice.cycle-not-deducted", params: {} }],
    subjects: { team: teamId },
  };
}
