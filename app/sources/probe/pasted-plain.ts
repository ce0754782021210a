import { type Found, keyOf, type PastedFrom } from "./pasted-found.ts";
import { isKeyHeader, keyInHeader } from "./pasted-names.ts";

/** Words that people put before an address and a key when they send both. */
const LABELS =
  /(?<![\w-])(?:base[\s_-]?url|url|address|endpoint|host|api[\s_-]?key|key|token|bearer|authorization)\s*[:=]/gi;

interface Plain {
  readonly from: PastedFrom;
  readonly found: Found;
}

/** One word: an address or a key. An address and a key beside it. A header with a key. Null for anything else. */
export function readPlain(text: string): Plain | null {
  if (text.length > 8_192) return null;
  const whole = text.replace(/^(["'`])([^"'`]*)\1$/s, "$2").trim();
  if (!/\s/.test(whole)) return oneWord(whole) ?? header(whole);
  const words = whole
    .replace(LABELS, " ")
    .replace(/\bbearer\s/gi, " ")
    .split(/[\s,;|]+/)
    .map((word) => word.replace(/^["'`(]+|["'`)]+$/g, ""))
    .filter((word) => word !== "");
  const addresses = words.filter((word) => /^https?:\/\//i.test(word));
  const others = words.filter((word) => !/^https?:\/\//i.test(word));
  const [address] = addresses;
  const [key] = others;
  const told = address === undefined ? header(whole) : null;
  if (told !== null) return told;
  if (addresses.length > 1 || others.length > 1) return null;
  if (address === undefined) return key !== undefined && looksTold(key) ? onlyKey(key) : null;
  if (key === undefined) return onlyAddress(address);
  if (!looksTold(key)) return null;
  return { from: "address-and-key", found: { baseUrl: address, key: keyOf(key), leftOut: null } };
}

/** Whether a text is an address or a piece of one and nothing else, which a field may take as it was pasted. */
export function isPlainAddress(text: string): boolean {
  const word = text.trim();
  const plain = /\s/.test(word) ? undefined : readPlain(word);
  return plain === null ? /^[\w.:/-]*$/.test(word) : plain?.from === "address" && !/[?#]/.test(word);
}

/** "Authorization: Bearer …", "x-api-key: …" in a line of its own. */
function header(text: string): Plain | null {
  const [, name = "", value = ""] = /^(?:-H\s*)?["']?([\w-]+)\s*:\s*([^\n]+?)["']?$/.exec(text) ?? [];
  if (!isKeyHeader(name)) return null;
  const key = keyInHeader(value);
  return key === "user-and-password" || /\s/.test(key) ? null : onlyKey(key);
}

function onlyKey(key: string): Plain {
  return { from: "key", found: { baseUrl: null, key: keyOf(key), leftOut: null } };
}

function onlyAddress(baseUrl: string): Plain {
  return { from: "address", found: { baseUrl, key: null, leftOut: null } };
}

/** A word of a sentence or a piece of code is no key. */
function looksTold(key: string): boolean {
  if (key.length < 8 || /[()[\]{}<>"'`]|=(?!=?$)/.test(key)) return false;
  return /[\d_$-]/.test(key) || key.length >= 20;
}

function oneWord(word: string): Plain | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(word)) return onlyAddress(word);
  // Keys in base 64 may end in "=".
  if (/["'`{}()<>]|=(?!=?$)/.test(word) && !/^\$\{\w+\}$/.test(word)) return null;
  if (looksLikeHost(word)) return onlyAddress(word);
  return looksLikeKey(word) && !/^[\w-]+:./.test(word) ? onlyKey(word) : null;
}

/** "llm.example.org/v1", "localhost:4000": an address without its scheme, which the form then asks for. */
function looksLikeHost(word: string): boolean {
  if (/^(?:localhost|\[[\da-f:]+\])(?::\d+)?(?:\/|$)/i.test(word)) return true;
  // A JSON web token has dots, too.
  return !/^ey[JI]/.test(word) && /^[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:[a-z]{2,24}|\d{1,3})(?::\d+)?(?:\/|$)/i.test(word);
}

function looksLikeKey(word: string): boolean {
  return word.length >= 12 || /^\$\{?\w+\}?$/.test(word) || /^(?:sk|pk|key|tok)[-_]/i.test(word);
}
