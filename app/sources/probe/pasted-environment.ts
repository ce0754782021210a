import { type Found, keyOf } from "./pasted-found.ts";

/** Ends of variable names that hold addresses, the most usual first. */
const ADDRESS_NAMES = [
  /_BASE_URL$/,
  /_API_BASE$/,
  /_BASE$/,
  /_API_URL$/,
  /_ENDPOINT$/,
  /_URL$/,
  /_HOST$/,
  /^BASE_URL$|^API_BASE$/,
];

/** Ends of variable names that hold keys. */
const KEY_NAMES = [
  /_API_KEY$/,
  /_AUTH_TOKEN$/,
  /_API_TOKEN$/,
  /_ACCESS_TOKEN$/,
  /_KEY$/,
  /_TOKEN$/,
  /^API_KEY$|^TOKEN$/,
];

/** `export NAME=value`, `NAME=value`, `set NAME=value`, `setx NAME value`, `$env:NAME = value`; one or several in a line. */
const ASSIGNMENT =
  /(?:^|[\n;]|&&|\s-e\s|\b(?:export|set|setx|env)\s|[ \t](?=\w+=))[ \t]*(?:\$env:|-[ \t]+)?"?([A-Za-z_]\w{0,199})(?:[ \t]*=[ \t]*|[ \t]+(?=["']?(?:https?:|sk-)))("[^"\n]*"|'[^'\n]*'|[^\s;&"']+)/gi;

/** The variables that a text sets, and the address and key among them; null where it sets neither. */
export function readEnvironment(text: string): {
  readonly values: ReadonlyMap<string, string>;
  readonly found: Found | null;
} {
  const values = new Map<string, string>();
  for (const [, name = "", value = ""] of text.matchAll(ASSIGNMENT)) {
    if (!values.has(name)) values.set(name, value.replace(/^(["'])(.*)\1$/s, "$2"));
  }
  // Lower-case names are those of code and configurations, which are read as such.
  const names = [...values.keys()].filter((name) => name === name.toUpperCase());
  const addressName = pick(names, ADDRESS_NAMES, (name) => /^(?:https?:\/\/|\$)/i.test(values.get(name) ?? ""));
  const vendor = addressName?.split("_")[0] ?? "";
  const keyName =
    pick(names, KEY_NAMES, (name) => vendor !== "" && name.startsWith(`${vendor}_`)) ??
    pick(names, KEY_NAMES, () => true);
  if (addressName === undefined && keyName === undefined) return { values, found: null };
  const keyValue = keyName === undefined ? undefined : values.get(keyName);
  return {
    values,
    found: {
      baseUrl: (addressName === undefined ? undefined : values.get(addressName)) ?? null,
      key: keyValue === undefined ? null : keyOf(keyValue),
    },
  };
}

function pick(names: readonly string[], ends: readonly RegExp[], fits: (name: string) => boolean): string | undefined {
  for (const end of ends) {
    const name = names.find((candidate) => end.test(candidate) && fits(candidate));
    if (name !== undefined) return name;
  }
  return undefined;
}
