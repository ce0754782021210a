import { parse } from "shell-quote";
import { type Found, keyOf, type PastedKey, type PasteProblem } from "./pasted-found.ts";

/** Options of curl that take a value, so that the value is not taken for the address. */
const TAKES_VALUE =
  /^(?:-[XdoAemcbFTxwKEQyYzrtuUCDP]|--(?:request|data|data-raw|data-binary|data-ascii|data-urlencode|json|output|user-agent|referer|max-time|connect-timeout|retry|retry-delay|retry-max-time|cookie|cookie-jar|form|form-string|upload-file|proxy|write-out|config|cert|key|cacert|capath|resolve|interface|range|dump-header|limit-rate|ciphers|tls-max|proxy-user))$/;

/** Headers that carry keys; other headers are none of our business. */
const KEY_HEADER = /^(?:authorization|proxy-authorization|(?:[\w-]+-)?(?:api-?key|token|auth|key|vk))$/i;

/**
 * Address and key of the first curl command in a text; null when there is none. `variables` are those that the text itself sets.
 * Nothing is run: `$(…)` and back-ticks stay text.
 */
export function readCurl(
  text: string,
  variables: ReadonlyMap<string, string>,
): Found | { readonly problem: PasteProblem } | null {
  const start = /(?:^|[\n;&|]|\$ |> |% )\s*(?:\S*\/)?curl(?:\.exe)?(?=[\s^\\])/i.exec(text);
  if (start === null) return null;
  const words = tokens(oneLine(text.slice(start.index)), variables);
  if (words === null) return { problem: "not-understood" };
  let baseUrl: string | null = null;
  let key: PastedKey | null = null;
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const value = words[at + 1] ?? "";
    if (/^(?:-u.*|--user(?:=.*)?|--basic|--digest|--ntlm|--negotiate)$/s.test(word)) {
      return { problem: "user-and-password" };
    }
    const header = optionValue(word, value, "-H", "--header");
    const address = optionValue(word, value, null, "--url");
    const bearer = optionValue(word, value, null, "--oauth2-bearer");
    if (header !== null) {
      const told = headerKey(header);
      if (told === "user-and-password") return { problem: told };
      key ??= told;
    } else if (address !== null) baseUrl ??= address;
    else if (bearer !== null) key ??= keyOf(bearer);
    else if (!word.startsWith("-") && isAddress(word)) baseUrl ??= word;
    const attached = word.includes("=") || (word.startsWith("-H") && word.length > 2);
    const separate = /^(?:-H|--header|--url|--oauth2-bearer)$/.test(word) || TAKES_VALUE.test(word);
    if (separate && !attached) at += 1;
  }
  return baseUrl === null ? { problem: "no-address" } : { baseUrl, key };
}

/** "-H value", "-Hvalue", "--header value", "--header=value". */
function optionValue(word: string, next: string, short: string | null, long: string): string | null {
  if (word === long || word === short) return next;
  if (word.startsWith(`${long}=`)) return word.slice(long.length + 1);
  return short !== null && word.startsWith(short) && !word.startsWith("--") ? word.slice(short.length) : null;
}

function headerKey(header: string): PastedKey | "user-and-password" | null {
  const [, name = "", value = ""] = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/s.exec(header) ?? [];
  if (!KEY_HEADER.test(name) || value === "") return null;
  if (/^basic\s/i.test(value)) return "user-and-password";
  return keyOf(value.replace(/^(?:bearer|token|key)\s+/i, ""));
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
      for (const entry of parse(line, (name) => variables.get(name) ?? `\${${name}}`)) {
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
