import { type Found, isPlaceholder, keyOf, type PastedKey, type PasteProblem } from "./pasted-found.ts";
import { keyInHeader, roleOf, WEAK } from "./pasted-names.ts";

/** One address or key, and with what it stands together. */
export type Statement = {
  /** Equal for what stands in one block, object or list entry and shares the beginning of its name. */
  readonly party: string;
  readonly rank: number;
} & ({ readonly address: string } | { readonly key: PastedKey });

type Address = Extract<Statement, { address: string }>;
type Key = Extract<Statement, { key: PastedKey }>;

/** What `name` with `value` in a block says; null where it says neither address nor key. */
export function statementOf(scope: string, name: string, value: string): Statement | null {
  const told = roleOf(name);
  if (told === null) return null;
  const { role, rank } = told;
  const party = `${scope} ${told.party}`;
  switch (role) {
    case "address": {
      const address = value.trim();
      if (!/^(?:https?:\/\/|\$)/i.test(address) || /[\s"'`<>|\\]/.test(address)) return null;
      return /^https?:\/\/[^/]*[{}]/i.test(address.replace(/\$\{/g, "$")) ? null : { party, rank, address };
    }
    case "key": {
      const secret = keyInHeader(value.trim());
      return secret === "user-and-password" || (isPlaceholder(secret) && keyOf(secret).type === "secret")
        ? null
        : { party, rank, key: keyOf(secret) };
    }
    case "key-variable":
      return /^[A-Za-z_]\w*$/.test(value) ? { party, rank, key: { type: "env", name: value } } : null;
  }
}

interface Pair {
  readonly address: Address;
  readonly key: Key;
}

/**
 * The address and the key that a text means. Both only where one party alone has both; else what is unambiguous, and why the rest
 * was left out; null where there is neither. No key is ever given with the address of another party.
 */
export function chooseParty(statements: readonly Statement[]): Found | { readonly problem: PasteProblem } | null {
  const parties = [...Map.groupBy(statements, ({ party }) => party).values()];
  const pairs = parties.flatMap(pairOf);
  const surest = strongest(pairs, ({ address }) => address.rank);
  const [first] = surest;
  if (first !== undefined) {
    if (!allEqual(surest, ({ address }) => originOf(address))) return { problem: "several-addresses" };
    const baseUrl = first.address.address;
    return allEqual(surest, ({ key }) => textOf(key))
      ? { baseUrl, key: first.key.key, leftOut: null }
      : { baseUrl, key: null, leftOut: "several-keys" };
  }
  const addresses = strongest(statements.filter(isAddress), ({ rank }) => rank);
  const keys = strongest(statements.filter(isKey), ({ rank }) => rank);
  const [address] = addresses;
  const [key] = keys;
  if (address === undefined) {
    if (key === undefined) return null;
    return allEqual(keys, textOf) ? { baseUrl: null, key: key.key, leftOut: null } : { problem: "several-keys" };
  }
  if (!allEqual(addresses, originOf)) return { problem: "several-addresses" };
  const own = statements.some((statement) => isKey(statement) && statement.party === address.party);
  const leftOut = key === undefined ? null : own ? "several-keys" : "several-parties";
  return { baseUrl: address.address, key: null, leftOut };
}

/** Address and key of one party, where it has one of each. */
function pairOf(party: readonly Statement[]): Pair[] {
  const addresses = strongest(party.filter(isAddress), ({ rank }) => rank);
  const keys = party.filter(isKey);
  const best = Math.min(...keys.map(({ rank }) => rank));
  const surest = keys.filter(({ rank }) => rank === best);
  const [address] = addresses;
  const [key] = surest;
  if (address === undefined || key === undefined) return [];
  return allEqual(addresses, originOf) && allEqual(surest, textOf) ? [{ address, key }] : [];
}

/** Those whose name says something; where there are none, all. */
function strongest<T>(all: readonly T[], rankOf: (one: T) => number): readonly T[] {
  const strong = all.filter((one) => rankOf(one) < WEAK);
  return strong.length > 0 ? strong : all;
}

function allEqual<T>(all: readonly T[], textOf: (one: T) => string): boolean {
  return new Set(all.map(textOf)).size <= 1;
}

function isAddress(statement: Statement): statement is Address {
  return "address" in statement;
}

function isKey(statement: Statement): statement is Key {
  return "key" in statement;
}

function originOf({ address }: Address): string {
  return URL.canParse(address) ? new URL(address).origin : address;
}

function textOf({ key }: Key): string {
  return key.type === "env" ? `variable ${key.name}` : `secret ${key.secret}`;
}
