import { type Amount, subtract } from "../../../quota/amount.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Meter, Unit } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { balanceMeters } from "../../balance-reader.ts";
import { moneyText } from "../../money-text.ts";
import { monthToDate } from "../../month-to-date.ts";
import type { ReadContext } from "../../source.ts";
import { type Checklist, checklistAnswer, usageAnswer } from "./schema.ts";

const USD: Unit = { kind: "money", currency: "USD" };

/** Reads what is left of prepaid funds, the cycle's spend against its limit, and the month's spend. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const checklist = await context.getJson("/payment/checklist", checklistAnswer, { query: { compute_owed: "true" } });
  const month = await readMonth(context);
  return {
    account: null,
    notices: notices(checklist),
    meters: [...fundsLeft(checklist), cycleSpend(checklist), ...(month === null ? [] : [month])],
  };
}

/** What the account owes by now, invoiced or not; negative while prepaid funds are left. */
function owed({ stripe_balance, recent }: Checklist): number {
  return stripe_balance + recent;
}

/**
 * Only where funds were paid in, or where the account is stopped: one that pays by invoice has no balance that could run out. With
 * nothing paid in and nothing owed it may be either, and so the balance is not told.
 */
function fundsLeft(checklist: Checklist): Meter[] {
  if (isUndecided(checklist)) return balanceMeters([{ unit: USD, remaining: "unknown" }]);
  if (checklist.stripe_balance >= 0 && checklist.suspended !== true) return [];
  return balanceMeters([{ unit: USD, remaining: Math.max(0, -owed(checklist)), confidence: "derived" }]);
}

/** Neither prepaid funds nor debts, nor a stop: an account by invoice that owes nothing, or one whose funds are used up. */
function isUndecided(checklist: Checklist): boolean {
  return checklist.stripe_balance === 0 && owed(checklist) === 0 && checklist.suspended !== true;
}

function cycleSpend({ recent, limit: told }: Checklist): Meter {
  const limit: Amount = typeof told === "number" && told <= 0 ? "unlimited" : told;
  return {
    id: "spend-limit",
    label: { key: "meter.spend-limit" },
    unit: USD,
    limit,
    used: recent,
    remaining: subtract(limit, recent),
    window: { kind: "period", resetsAt: null, resetBasis: "reported" },
    scope: "account",
    confidence: "reported",
  };
}

/** Null where the key may not know, or the month has no entry yet. */
async function readMonth(context: ReadContext): Promise<Meter | null> {
  try {
    const { months } = await context.getJson("/payment/usage", usageAnswer, { query: { from: "current" } });
    const date = new Date(context.now);
    const period = `${date.getUTCFullYear()}.${String(date.getUTCMonth() + 1).padStart(2, "0")}`;
    const month = months.find((entry) => entry.period === period);
    if (month === undefined || month.total_cost === "unknown") return null;
    return {
      id: "spend-month",
      label: { key: "meter.spend-month" },
      unit: USD,
      limit: "unknown",
      used: month.total_cost,
      remaining: "unknown",
      window: monthToDate(context.now).window,
      scope: "account",
      confidence: "reported",
    };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    const { cause } = error.failure;
    if (cause === "key-refused" || cause === "key-lacks-permission" || cause === "not-found") return null;
    throw error;
  }
}

function notices(checklist: Checklist): Notice[] {
  const debt = owed(checklist);
  const state = checklist.suspend_reason === null ? "suspended" : `suspended: ${checklist.suspend_reason}`;
  return [
    ...(isUndecided(checklist) ? [{ key: "notice.nothing-prepaid", params: {} }] : []),
    ...(debt > 0 ? [{ key: "notice.overdue", params: { amount: moneyText(debt, "USD") } }] : []),
    ...(checklist.suspended === true ? [{ key: "notice.account-status", params: { state } }] : []),
  ];
}
