import type * as z from "zod";
import { subtract } from "../../../quota/amount.ts";
import { ReadError } from "../../../quota/failure.ts";
import type { Meter } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { readEachAccount } from "../../each-account.ts";
import { monthToDate } from "../../month-to-date.ts";
import { slug } from "../../slug.ts";
import type { ReadContext } from "../../source.ts";
import { unlessHidden } from "../../unless-hidden.ts";
import type { FireworksOptions } from "./descriptor.ts";
import { type Account, accountsAnswer, quotasAnswer } from "./schema.ts";

/** Neither says that anything is wrong. */
const FINE: ReadonlySet<string> = new Set(["UNSUSPENDED", "SUSPEND_STATE_UNSPECIFIED"]);

/** A page has 200 entries; a list that is longer than this has no end. */
const MOST_PAGES = 5;

/**
 * Reads the cap on the spend of the calendar month of each account; their ids are in the meters', so that no figure of one ever
 * passes for another's. Prepaid credits are told nowhere. Throws ReadError.
 */
export async function read(context: ReadContext, options: FireworksOptions): Promise<Reading> {
  const accounts = await findAccounts(context, options);
  const each = await readEachAccount(
    accounts,
    ({ name }) => name,
    ({ name }) => findSpend(context, name),
  );
  const spending = each.told.filter(({ value }) => value !== null);
  const shown = spending.length > 0 ? spending : each.told.slice(0, 1);
  const [only, ...others] = each.told;
  return {
    account: only !== undefined && others.length === 0 ? (only.account.displayName ?? idOf(only.account)) : null,
    meters: shown.map(({ account, value }) => spendMeter(account, value, shown.length > 1, context.now)),
    notices: [
      ...each.notices,
      ...(spending.length === 0 ? [{ key: "notice.nothing-told", params: {} }] : []),
      ...each.told.flatMap(({ account }) => stateOf(account, others.length > 0)),
    ],
    ...(only !== undefined && others.length === 0 && { subjects: { account: only.account.name } }),
  };
}

async function findAccounts(context: ReadContext, { accountId }: FireworksOptions): Promise<readonly Account[]> {
  if (accountId === "") {
    const accounts = await readAccounts(context);
    if (accounts.length === 0) throw new ReadError("unexpected-shape", { detail: "accounts: empty" });
    return accounts;
  }
  const name = `accounts/${accountId}`;
  // The list only adds its state; a key that may not see it may see the account's quotas all the same.
  const accounts = (await unlessHidden(() => readAccounts(context))) ?? [];
  return [accounts.find((account) => account.name === name) ?? { name, displayName: null, suspendState: null }];
}

function readAccounts(context: ReadContext): Promise<readonly Account[]> {
  return everyPage(context, "/v1/accounts", accountsAnswer, ({ accounts }) => accounts);
}

type Spend = { readonly value: number | "unknown"; readonly usage: number | "unknown" };

/** Null where the account has no such quota. */
async function findSpend(context: ReadContext, name: string): Promise<Spend | null> {
  const [spend] = await everyPage(context, `/v1/${name}/quotas`, quotasAnswer, ({ quotas }) => quotas);
  return spend ?? null;
}

/** All entries of a list; `nextPageToken` goes back as `pageToken` until there is none. */
async function everyPage<Page extends { readonly nextPageToken: string | null }, Item>(
  context: ReadContext,
  path: string,
  page: z.ZodType<Page>,
  itemsOf: (page: Page) => readonly Item[],
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let pageToken: string | null = null;
  for (let read = 0; read < MOST_PAGES; read++) {
    const query: Record<string, string> = { pageSize: "200", ...(pageToken !== null && { pageToken }) };
    const answer = await context.getJson(path, page, { query });
    items.push(...itemsOf(answer));
    pageToken = answer.nextPageToken;
    if (pageToken === null) return items;
  }
  throw new ReadError("answer-too-large", { detail: `the list has more than ${MOST_PAGES} pages` });
}

function stateOf(account: Account, named: boolean): Notice[] {
  const { suspendState: state } = account;
  if (state === null || FINE.has(state)) return [];
  return [{ key: "notice.account-status", params: { state: named ? `${state} (${idOf(account)})` : state } }];
}

function idOf({ name }: Account): string {
  return name.slice("accounts/".length);
}

function spendMeter(account: Account, spend: Spend | null, named: boolean, now: number): Meter {
  const { value, usage } = spend ?? { value: "unknown", usage: "unknown" };
  const id = idOf(account);
  return {
    id: `spend-limit-${slug(id)}`,
    label: named ? { key: "meter.spend-limit-of", params: { name: id } } : { key: "meter.spend-limit" },
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
