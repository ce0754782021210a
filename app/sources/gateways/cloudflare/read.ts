import { nextUtcReset } from "../../../quota/calendar.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Meter, Unit, Window } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { DAY_MS } from "../../named-window.ts";
import { moneyIn, signedDecimal, signedMoney } from "../../numbers.ts";
import { orRefusal } from "../../or-refusal.ts";
import type { ReadContext } from "../../source.ts";
import { unlessHidden } from "../../unless-hidden.ts";
import { accountInAddress, accountPath } from "./account.ts";
import type { CloudflareOptions } from "./descriptor.ts";
import { judgeEnvelope } from "./envelope.ts";
import { balanceAnswer, type SpendingLimit, spendingLimitAnswer } from "./schema.ts";

const USD: Unit = { kind: "money", currency: "USD" };

/** Reads the account's credits, and its spending limit where there is one. Throws ReadError, also where no account is named. */
export async function read(context: ReadContext, options: CloudflareOptions): Promise<Reading> {
  const account = accountPath(context.baseUrl, options.accountId);
  if (account === null) {
    throw new ReadError("invalid-options", { detail: "accountId: missing, and the address names no account" });
  }
  const balance = await readBalance(context, account, options);
  const limit = await readSpendingLimit(context, account);
  if (balance instanceof ReadError && limit === null) throw balance;
  return {
    account: null,
    notices: notices(balance instanceof ReadError, options),
    meters: [...(balance instanceof ReadError ? [] : [balance]), ...(limit === null ? [] : [limit])],
    subjects: { account: accountInAddress(context.baseUrl) ?? options.accountId },
  };
}

/** A token may see the balance and not the limit, or the other way round. */
function readBalance(
  context: ReadContext,
  account: string,
  { balanceUnit }: CloudflareOptions,
): Promise<Meter | ReadError> {
  const { unit, figure } = balanceIn(balanceUnit);
  return orRefusal(async () => {
    const { result } = await context.getJson(`${account}/ai-gateway/billing/credit-balance`, balanceAnswer(figure), {
      judge: judgeEnvelope,
    });
    return balanceMeter(unit, result.balance);
  });
}

function notices(balanceHidden: boolean, { balanceUnit }: CloudflareOptions): Notice[] {
  if (balanceHidden) return [{ key: "notice.balance-not-told", params: {} }];
  return balanceUnit === "credits" ? [{ key: "notice.unit-unknown", params: {} }] : [];
}

function balanceIn(unit: CloudflareOptions["balanceUnit"]) {
  switch (unit) {
    case "credits":
      return { unit: { kind: "credits" } satisfies Unit, figure: signedDecimal };
    case "usd":
      return { unit: USD, figure: signedMoney };
    case "usd-cents":
      return { unit: USD, figure: moneyIn(100, "signed") };
  }
}

function balanceMeter(unit: Unit, remaining: number): Meter {
  return {
    id: "balance",
    label: { key: "meter.balance" },
    unit,
    limit: "unknown",
    used: "unknown",
    remaining,
    window: { kind: "balance" },
    scope: "account",
    confidence: unit.kind === "credits" ? "estimated" : "reported",
  };
}

/** Null where none is set, and where this token or this account may not ask: gateways can have limits of their own instead. */
async function readSpendingLimit(context: ReadContext, account: string): Promise<Meter | null> {
  return unlessHidden(async () => {
    const { result } = await context.getJson(`${account}/ai-gateway/billing/spending-limit`, spendingLimitAnswer, {
      judge: judgeEnvelope,
    });
    return result?.enabled && result.config ? limitMeter(result.config, context.now) : null;
  });
}

/** What was used of it is told by another route in a unit that is not documented, and so it is left unknown. */
function limitMeter(config: NonNullable<SpendingLimit["config"]>, now: number): Meter {
  return {
    id: "spend-limit",
    label: { key: "meter.spend-limit" },
    unit: USD,
    limit: config.amount,
    used: "unknown",
    remaining: "unknown",
    window: limitWindow(config, now),
    scope: "account",
    confidence: "reported",
  };
}

const PERIODS = new Map([
  ["daily", { period: "day", lengthMs: DAY_MS }],
  ["weekly", { period: "week", lengthMs: 7 * DAY_MS }],
  ["monthly", { period: "month", lengthMs: null }],
] as const);

function limitWindow({ duration, strategy }: NonNullable<SpendingLimit["config"]>, now: number): Window {
  const known = [...PERIODS].find(([name]) => name === duration)?.[1];
  if (known === undefined) return { kind: "period", resetsAt: null, resetBasis: "derived" };
  const { period, lengthMs } = known;
  if (strategy === "sliding") return { kind: "rolling", lengthMs, resetsAt: null, resetBasis: "derived" };
  if (strategy !== "fixed") return { kind: "period", resetsAt: null, resetBasis: "derived" };
  return { kind: "calendar", period, timeZone: "UTC", resetsAt: nextUtcReset(period, now), resetBasis: "derived" };
}
