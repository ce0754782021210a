import { subtract } from "../../../quota/amount.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Meter } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import { monthToDate } from "../../month-to-date.ts";
import type { ReadContext } from "../../source.ts";
import type { FireworksOptions } from "./descriptor.ts";
import { type Account, accountsAnswer, quotasAnswer } from "./schema.ts";

/** Neither says that anything is wrong. */
const FINE: ReadonlySet<string> = new Set(["UNSUSPENDED", "SUSPEND_STATE_UNSPECIFIED"]);

/** Reads the cap on the spend of the calendar month. Prepaid credits are told nowhere. Throws ReadError. */
export async function read(context: ReadContext, options: FireworksOptions): Promise<Reading> {
  const account = await findAccount(context, options);
  const { quotas } = await context.getJson(`/v1/${account.name}/quotas`, quotasAnswer, { query: { pageSize: "200" } });
  const [spend] = quotas;
  const { suspendState } = account;
  return {
    account: account.displayName ?? account.name.slice("accounts/".length),
    meters: [spendMeter(spend ?? { value: "unknown", usage: "unknown" }, context.now)],
    notices: [
      ...(spend === undefined ? [{ key: "notice.nothing-told", params: {} }] : []),
      ...(suspendState === null || FINE.has(suspendState)
        ? []
        : [{ key: "notice.account-status", params: { state: suspendState } }]),
    ],
    subjects: { account: account.name },
  };
}

async function findAccount(context: ReadContext, { accountId }: FireworksOptions): Promise<Account> {
  const { accounts } = await context.getJson("/v1/accounts", accountsAnswer, { query: { pageSize: "200" } });
  if (accountId === "") {
    const [first] = accounts;
    if (first === undefined) throw new ReadError("unexpected-shape", { detail: "accounts: empty" });
    return first;
  }
  const name = `accounts/${accountId}`;
  // One that is not on the first page is asked for all the same; only its state stays unknown.
  return accounts.find((account) => account.name === name) ?? { name, displayName: null, suspendState: null };
}

type Spend = { readonly value: number | "unknown"; readonly usage: number | "unknown" };

function spendMeter({ value, usage }: Spend, now: number): Meter {
  return {
    id: "spend-limit",
    label: { key: "meter.spend-limit" },
    unit: { kind: "money", currency: "USD" },
    limit: value,
    used: usage,
    remaining: subtract(value, usage),
    window: monthToDate(now).window,
    scope: "account",
    // That the quota counts whole dollars follows from its name alone.
    confidence: "estimated",
  };
}
