import { ReadError } from "../quota/failure.ts";
import type { Notice } from "../quota/reading.ts";
import { unlessHidden } from "./unless-hidden.ts";

/** Each account is a request of its own; a key for more is that of a large organization, which names those that it wants. */
const MOST_ACCOUNTS = 5;

/** What was read of the accounts (projects, workspaces) of one key. */
export interface EachAccount<Account, Told> {
  readonly told: readonly { readonly account: Account; readonly value: Told }[];
  readonly notices: readonly Notice[];
}

/**
 * Reads each account that a key sees, in the order of their ids whatever the order of the answer, the first five of them. One that
 * the key may not read is left out while it may read another. Throws ReadError: as `read` does, "key-lacks-permission" where no
 * account may be read.
 */
export async function readEachAccount<Account, Told>(
  accounts: readonly Account[],
  idOf: (account: Account) => string,
  read: (account: Account) => Promise<Told>,
): Promise<EachAccount<Account, Told>> {
  const [only, ...others] = accounts;
  if (only !== undefined && others.length === 0)
    return { told: [{ account: only, value: await read(only) }], notices: [] };
  const asked = accounts.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1)).slice(0, MOST_ACCOUNTS);
  const told: { account: Account; value: Told }[] = [];
  for (const account of asked) {
    const answer = await unlessHidden(async () => ({ account, value: await read(account) }));
    if (answer !== null) told.push(answer);
  }
  if (told.length === 0) throw new ReadError("key-lacks-permission", { detail: "it may read none of its accounts" });
  return {
    told,
    notices: [{ key: "notice.several-accounts", params: { all: accounts.length, shown: told.length } }],
  };
}
