import type { Found, PasteProblem } from "./pasted-found.ts";
import { chooseParty, statementOf } from "./pasted-parties.ts";

/** `export NAME=value`, `NAME=value`, `set NAME=value`, `$env:NAME = value`; one or several in a line. */
const ASSIGNMENT =
  /(?:^|[\n;]|&&|\s-e\s|\b(?:export|set|env)\s|[ \t](?=\w+=))[ \t]*(?:\$env:|-[ \t]+)?"?([A-Za-z_]\w{0,199})[ \t]*=[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s;&"']+)/gi;

/** fish's `set -gx NAME value`, `setx NAME value` of Windows, `setenv NAME value` of the C shell. */
const WITHOUT_SIGN = /^([ \t]*)(?:set(?:[ \t]+-{1,2}[a-z]+)+|setx|setenv)[ \t]+([A-Za-z_]\w*)[ \t]+(?=[^\s=-])/gim;

/** The variables that a text sets, and the address and key among them that share the beginning of their names. */
export function readEnvironment(text: string): {
  readonly values: ReadonlyMap<string, string>;
  readonly found: Found | { readonly problem: PasteProblem } | null;
} {
  const values = new Map<string, string>();
  const set: (readonly [string, string])[] = [];
  const lines = text.replace(/^[ \t]*(?:#|\/\/|REM\s)[^\n]*/gim, "").replace(WITHOUT_SIGN, "$1export $2=");
  for (const [, name = "", quoted = ""] of lines.matchAll(ASSIGNMENT)) {
    const value = quoted.replace(/^(["'])(.*)\1$/s, "$2");
    set.push([name, value]);
    if (!values.has(name)) values.set(name, value);
  }
  // Lower-case names are those of code and configurations, which are read as such.
  const statements = set
    .filter(([name]) => name === name.toUpperCase())
    .map(([name, value]) => statementOf("", name, value))
    .filter((statement) => statement !== null);
  return { values, found: chooseParty(statements) };
}
