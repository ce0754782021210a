import type { Found, PasteProblem } from "./pasted-found.ts";
import { chooseParty, type Statement, statementOf } from "./pasted-parties.ts";

/** How programs read a variable: `os.environ["NAME"]`, `os.getenv("NAME")`, `process.env.NAME`, `Deno.env.get("NAME")`. */
const FROM_ENVIRONMENT =
  /(?:os\.environ|os\.getenv|process\.env|import\.meta\.env|Deno\.env|Bun\.env|System\.getenv|ENV)(?:\.get|\.fetch|\.)?[(["'. \t]{0,4}([A-Za-z_]\w*)/y;
const NAME = /[A-Za-z_$][\w$]*(?:[.-][A-Za-z_$][\w$]*)*/y;
/** Between name and value; a type may stand there, and the bracket of `environ["NAME"]`. */
const ASSIGNED = /[ \t]*(\])?[ \t]*(?::[ \t]*[\w.]+[ \t]*=(?!=)|:|=(?!=|>))[ \t]*(?:[fru](?=["']))?/y;
const BARE = /[^\s,"'`(){}[\];]+/y;

/**
 * Address and key in a few lines of client code, or in a piece of a configuration that is no whole one. What stands within one
 * pair of brackets belongs together, or in lines below each other that are indented alike.
 */
export function readCode(text: string): Found | { readonly problem: PasteProblem } | null {
  return chooseParty(statementsIn(text));
}

function statementsIn(text: string): Statement[] {
  const statements: Statement[] = [];
  const brackets: string[] = [];
  const lines = lineScopes();
  let scopes = 0;
  let at = 0;
  let line = "";
  const sticky = (pattern: RegExp, from: number) => {
    pattern.lastIndex = from;
    return pattern.exec(text);
  };
  const state = (name: string, from: number): number | null => {
    const assigned = sticky(ASSIGNED, from);
    if (assigned === null) return null;
    // The bracket of `environ["NAME"]` ends here; the name stands outside of it.
    if (assigned[1] !== undefined) brackets.pop();
    const start = from + assigned[0].length;
    const variable = sticky(FROM_ENVIRONMENT, start);
    const quoted = variable === null ? stringAt(text, start) : null;
    const bare = variable === null && quoted === null ? (sticky(BARE, start)?.[0] ?? "") : "";
    const value =
      variable === null
        ? (quoted?.value ??
          literal(bare, text.charAt(start + bare.length), brackets.length > 0 || !assigned[0].includes(":")))
        : `$${variable[1]}`;
    const said = statementOf(brackets.at(-1) ?? line, name, value);
    if (said !== null) statements.push(said);
    // What was not a whole value may hold names itself.
    return variable !== null
      ? start + variable[0].length
      : quoted !== null
        ? quoted.end
        : start + (said === null ? 0 : bare.length);
  };
  while (at < text.length) {
    if ((at === 0 || text.charAt(at - 1) === "\n") && brackets.length === 0) line = lines(lineAt(text, at));
    const character = text.charAt(at);
    const comment = commentEnd(text, at);
    if (comment !== null) {
      at = comment;
      continue;
    }
    const quoted = stringAt(text, at);
    if (quoted !== null) {
      at = (quoted.value.length < 200 ? state(quoted.value, quoted.end) : null) ?? quoted.end;
      continue;
    }
    const name = sticky(NAME, at)?.[0] ?? "";
    if (name !== "") {
      at = state(name, at + name.length) ?? at + name.length;
      continue;
    }
    if ("({[".includes(character)) {
      scopes += 1;
      brackets.push(`bracket ${scopes}`);
    } else if (")}]".includes(character) && brackets.pop() === undefined) {
      // The end of a block whose beginning was not pasted: what follows is another's.
      line = lines(null);
    }
    at += 1;
  }
  return statements;
}

/** A value without quotes: an address, a variable or a key as configurations write it; nothing for what is a name in code. */
function literal(bare: string, next: string, isCode: boolean): string {
  if (isCode && /^[A-Za-z_][\w.]*$/.test(bare)) return "";
  const isValue = /^(?:https?:\/\/|\$|%\w+%$|os\.environ\/)/i.test(bare) || (bare.length >= 8 && /\d/.test(bare));
  return isValue && !"([".includes(next === "" ? " " : next) ? bare : "";
}

/** A string in quotes, also in three of them; one that does not end goes to the end of its line. Null where none begins. */
function stringAt(text: string, at: number): { readonly value: string; readonly end: number } | null {
  const quote = text.charAt(at);
  if (quote !== '"' && quote !== "'" && quote !== "`") return null;
  const triple = quote.repeat(3);
  if (quote !== "`" && text.startsWith(triple, at)) {
    const end = text.indexOf(triple, at + 3);
    return { value: "", end: end === -1 ? text.length : end + 3 };
  }
  for (let end = at + 1; end < text.length; end += 1) {
    const character = text.charAt(end);
    if (character === "\\") end += 1;
    else if (character === quote) return { value: text.slice(at + 1, end), end: end + 1 };
    else if (character === "\n" && quote !== "`") return { value: "", end };
  }
  return { value: "", end: text.length };
}

/** Where a comment that begins here ends; null where none does. The "//" of an address stands in a string or behind its scheme. */
function commentEnd(text: string, at: number): number | null {
  const before = at === 0 ? "\n" : text.charAt(at - 1);
  const isLine =
    (text.charAt(at) === "#" && /\s/.test(before)) || (text.startsWith("//", at) && /[\s,{}();]/.test(before));
  const mark = isLine ? "\n" : text.startsWith("/*", at) ? "*/" : null;
  if (mark === null) return null;
  const end = text.indexOf(mark, at + 1);
  return end === -1 ? text.length : end + (isLine ? 0 : 2);
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf("\n", at);
  return text.slice(at, end === -1 ? undefined : end);
}

/**
 * Gives each line outside of brackets its scope: lines that are indented alike, up to one that is indented less. A list entry and
 * a section of an ini or TOML file begin a new one; null does so, too.
 */
function lineScopes(): (line: string | null) => string {
  let open: { readonly indent: number; readonly id: number }[] = [];
  let count = 0;
  const enter = (indent: number) => {
    count += 1;
    open.push({ indent, id: count });
  };
  return (line) => {
    const [, spaces = "", dashes = ""] = /^(\s*)((?:- +)*)/.exec(line ?? "") ?? [];
    if (line === null || /^\s*\[+[\w."' -]+\]+\s*(?:#.*)?$/.test(line)) {
      open = [];
      enter(0);
    } else if (line.trim() !== "") {
      open = open.filter(({ indent }) =>
        dashes === "" ? indent <= spaces.length : indent < spaces.length + 1 && indent <= spaces.length,
      );
      const indent = spaces.length + dashes.length;
      if (dashes !== "" || (open.at(-1)?.indent ?? -1) < indent) enter(indent);
    }
    return `line ${open.at(-1)?.id ?? 0}`;
  };
}
