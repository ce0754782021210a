import { parse } from "shell-quote";
import { FLAGS, LETTERS_WITH_VALUE, OPTIONS_WITH_VALUE } from "./curl-options.ts";
import { type Found, keyOf, type PastedKey, type PasteProblem } from "./pasted-found.ts";
import { isKeyHeader, keyInHeader } from "./pasted-names.ts";

/** Where a command begins: in a line of its own, behind a prompt, another command, or a word that runs it. */
const BEGINNING =
  /(?:^|[\n;&|(`]|\$ |> |% |\b(?:sudo|doas|time|exec|command|nohup|env|then|do)(?:\s+-\S+)*\s|(?:^|[\n\s])[A-Za-z_]\w*=\S*\s)\s*(?:[^\s()`;&|]{0,200}\/)?curl(?:\.exe)?(?=[\s^\\])/i;

/** Options by which a user and a password are sent. */
const USER_AND_PASSWORD: ReadonlySet<string> = new Set(["user", "basic", "digest", "ntlm", "negotiate", "anyauth"]);

/**
 * Address and key of the first curl command in a text; null when there is none. `variables` are those that the text itself sets.
 * Nothing is run: `$(…)` and back-ticks stay text.
 */
export function readCurl(
  text: string,
  variables: ReadonlyMap<string, string>,
): Found | { readonly problem: PasteProblem } | null {
  const start = BEGINNING.exec(text);
  if (start === null) return null;
  const words = tokens(oneLine(text.slice(start.index + start[0].length)), variables);
  if (words === null) return { problem: "not-understood" };
  const addresses: string[] = [];
  let key: PastedKey | null = null;
  for (const { option, value } of optionsOf(words)) {
    if (USER_AND_PASSWORD.has(option)) return { problem: "user-and-password" };
    if (option === "header") {
      const told = headerKey(value);
      if (told === "user-and-password") return { problem: told };
      key ??= told;
    } else if (option === "oauth2-bearer") key ??= keyOf(value);
    else if (option === "url" || (option === "" && isAddress(value))) addresses.push(value);
  }
  const [baseUrl] = addresses;
  if (baseUrl === undefined) return { problem: "no-address" };
  // One command sends its key to all of them, but only one can be meant.
  if (new Set(addresses.map(originOf)).size > 1) return { problem: "several-addresses" };
  return { baseUrl, key, leftOut: null };
}

interface Option {
  /** Its long name, "" for a word that belongs to no option. */
  readonly option: string;
  readonly value: string;
}

/** The words of one request as curl takes them: "-sH value", "-Hvalue", "--header value", "--header=value" are all one. */
function optionsOf(words: readonly string[]): Option[] {
  const options: Option[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const next = () => words[++at] ?? "";
    if (word === "--next" || word === "-:") return options;
    if (word.startsWith("--")) {
      const [, name = "", , attached] = /^--([^=]*)(=(.*))?$/s.exec(word) ?? [];
      if (attached !== undefined) options.push({ option: name, value: attached });
      else if (OPTIONS_WITH_VALUE.has(name)) options.push({ option: name, value: next() });
      else {
        options.push({ option: name, value: "" });
        // What an option that is not known takes is not known either.
        if (!FLAGS.has(name) && !name.startsWith("no-") && !(words[at + 1] ?? "-").startsWith("-")) at += 1;
      }
    } else if (word.startsWith("-") && word.length > 1) {
      for (let letter = 1; letter < word.length; letter += 1) {
        const option = LETTERS_WITH_VALUE.get(word.charAt(letter));
        if (option === undefined) continue;
        const rest = word.slice(letter + 1);
        options.push({ option, value: rest === "" ? next() : rest });
        break;
      }
    } else options.push({ option: "", value: word });
  }
  return options;
}

function headerKey(header: string): PastedKey | "user-and-password" | null {
  const [, name = "", value = ""] = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/s.exec(header) ?? [];
  if (!isKeyHeader(name) || value === "") return null;
  const key = keyInHeader(value);
  return key === "user-and-password" ? key : keyOf(key);
}

function originOf(address: string): string {
  const whole = /^[a-z]+:\/\//i.test(address) ? address : `http://${address}`;
  return URL.canParse(whole) ? new URL(whole).origin : address;
}

function isAddress(word: string): boolean {
  return (
    /^https?:\/\//i.test(word) ||
    /^\$\{?\w/.test(word) ||
    /^(?:localhost|[\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:\/|$)/.test(word)
  );
}

/** The command up to its end, continued lines joined: by "\" in shells, "^" in cmd (which also escapes its quotes), "`" in PowerShell. */
function oneLine(text: string): string {
  const joined = text.replace(/[\\^`][ \t]*\r?\n/g, " ");
  return /\^["\s]/.test(joined) ? joined.replace(/\^(.)/gs, "$1") : joined;
}

/** The words of the first command; null where its quoting is broken. A variable that the text does not set stays "${NAME}". */
function tokens(command: string, variables: ReadonlyMap<string, string>): string[] | null {
  try {
    const words: string[] = [];
    for (const line of logicalLines(command)) {
      for (const entry of parse(line, (name) => (name === "" ? "$" : (variables.get(name) ?? `\${${name}}`)))) {
        if (typeof entry === "string") words.push(entry);
        // "https://host/v1?x=1" is a glob to a shell.
        else if ("pattern" in entry) words.push(entry.pattern);
        else if (words.length > 0) return words;
      }
      if (words.length > 0) return words;
    }
    return words;
  } catch {
    return null;
  }
}

/** Lines, where a line break inside quotes ends none: bodies of requests are pasted over many lines. */
function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let line = "";
  let quote = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "\\" && quote !== "'") {
      line += character + text.charAt(at + 1);
      at += 1;
      continue;
    }
    if (quote === "" && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = "";
    if (character === "\n" && quote === "") {
      lines.push(line);
      line = "";
    } else line += character;
  }
  return [...lines, line];
}
