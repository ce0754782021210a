import { subtract } from "../../../quota/amount.ts";
import { nextUtcReset } from "../../../quota/calendar.ts";
import type { Meter, Window } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import type { ReadContext } from "../../source.ts";
import { type Budget, usageAnswer } from "./schema.ts";

/** Reads the policy's budget. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const { budget } = await context.getJson("/v1/usage", usageAnswer);
  return {
    account: null,
    notices: [],
    meters: [
      {
        id: "key-budget",
        label: { key: "meter.key-budget" },
        unit: { kind: "money", currency: "USD" },
        ...figures(budget, context.now),
        window: windowOf(budget, context.now),
        scope: "key",
      },
    ],
  };
}

function figures(budget: Budget, now: number): Pick<Meter, "limit" | "used" | "remaining" | "confidence"> {
  const { configured, limitMicros: limit, spentMicros: used, remainingMicros: told } = budget;
  if (configured === false) return { limit: "unlimited", used, remaining: "unlimited", confidence: "reported" };
  // Nothing was asked since that month ended: what it used is nobody's quota any more.
  if (isPastMonth(budget, now)) return { limit, used: "unknown", remaining: "unknown", confidence: "reported" };
  return told === "unknown"
    ? { limit, used, remaining: subtract(limit, used), confidence: "derived" }
    : { limit, used, remaining: told, confidence: "reported" };
}

const MONTH = /\d{4}-(?:0[1-9]|1[0-2])$/;

function isPastMonth({ windowKey }: Budget, now: number): boolean {
  const month = MONTH.exec(windowKey ?? "")?.[0];
  return month !== undefined && month < new Date(now).toISOString().slice(0, 7);
}

/** Only budgets by the month are known; a window key of another form is of a period that we do not know. */
function windowOf({ windowKey }: Budget, now: number): Window {
  return windowKey === null || /\d{4}-\d{2}$/.test(windowKey)
    ? {
        kind: "calendar",
        period: "month",
        timeZone: "UTC",
        resetsAt: nextUtcReset("month", now),
        resetBasis: "derived",
      }
    : { kind: "period", resetsAt: null, resetBasis: "derived" };
}
