import { nextUtcReset } from "../../../quota/calendar.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Meter } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import { balanceMeters } from "../../balance-reader.ts";
import type { ReadContext } from "../../source.ts";
import { type Balance, balanceAnswer } from "./schema.ts";

/** Reads the day's DIEM and the dollars. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const balance = await context.getJson("/api/v1/billing/balance", balanceAnswer);
  const { usd } = balance.balances;
  if (usd === "unknown" && balance.balances.diem === "unknown") {
    throw new ReadError("unexpected-shape", { detail: "the answer tells no balance" });
  }
  const diem = diemMeters(balance, context.now);
  // Who lives on an allowance needs no dollars, and an empty purse beside it is no quota that ran out.
  const dollars = usd === "unknown" || (usd === 0 && diem.length > 0) ? [] : [usd];
  return {
    account: null,
    notices: balance.canConsume === false ? [{ key: "notice.balance-too-low", params: {} }] : [],
    meters: [
      ...diem,
      ...balanceMeters(dollars.map((remaining) => ({ unit: { kind: "money", currency: "USD" }, remaining }))),
    ],
  };
}

/** An account without a stake has no DIEM; what it never had did not run out. */
function diemMeters({ balances: { diem, usd }, diemEpochAllocation }: Balance, now: number): Meter[] {
  const limit = diemEpochAllocation === 0 ? "unknown" : diemEpochAllocation;
  if (diem === "unknown" || (diem === 0 && limit === "unknown" && usd !== "unknown")) return [];
  return [
    {
      id: "diem",
      label: { text: "DIEM" },
      unit: { kind: "credits" },
      limit,
      used: limit === "unknown" ? "unknown" : Math.max(0, limit - diem),
      remaining: diem,
      // Documented: unused DIEM do not roll over, the allowance comes back at midnight UTC.
      window: {
        kind: "calendar",
        period: "day",
        timeZone: "UTC",
        resetsAt: nextUtcReset("day", now),
        resetBasis: "derived",
      },
      scope: "account",
      confidence: "reported",
    },
  ];
}
