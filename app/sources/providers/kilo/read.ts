import { readBalances } from "../../balance-reader.ts";
import type { KiloOptions } from "./descriptor.ts";
import { balanceAnswer } from "./schema.ts";

/** Reads the balance of the user, or of the organization that the options name. Throws ReadError. */
export const read = readBalances({
  path: "/api/profile/balance",
  answer: balanceAnswer,
  headers: ({ organizationId }: KiloOptions) =>
    organizationId === "" ? {} : { "x-kilocode-organizationid": organizationId },
  balances: ({ balance }, _, { organizationId }) => ({
    rows: [
      {
        unit: { kind: "money", currency: "USD" },
        remaining: balance,
        scope: organizationId === "" ? "user" : "organization",
      },
    ],
    ...(organizationId !== "" && { subjects: { organization: organizationId } }),
  }),
});
