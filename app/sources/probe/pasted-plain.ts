import { type Found, keyOf, type PastedFrom } from "./pasted-found.ts";

/** Words that people put before an address and a key when they send both. */
const LABELS = /\b(?:base[\s_-]?url|url|address|endpoint|host|api[\s_-]?key|key|token|bearer|authorization)\s*[:=]/gi;

/** One word: an address or a key. An address and a key beside it. Null for anything else. */
export function readPlain(text: string): { readonly from: PastedFrom; readonly found: Found } | null {
  if (text.length > 8_192) return null;
  if (!/\s/.test(text)) return oneWord(text);
  const words = text
    .replace(LABELS, " ")
    .replace(/\bbearer\s/gi, " ")
    .split(/[\s,;|]+/)
    .map((word) => word.replace(/^["'`(]+|["'`)]+$/g, ""))
    .filter((word) => word !== "");
  const addresses = words.filter((word) => /^https?:\/\//i.test(word));
  const others = words.filter((word) => !/^https?:\/\//i.test(word));
  const [address] = addresses;
  const [key] = others;
  if (address === undefined || addresses.length > 1 || others.length > 1) return null;
  if (key === undefined) return { from: "address", found: { baseUrl: address, key: null } };
  // A word of a sentence, or a piece of code.
  if (key.length < 8 || /[()[\]{}<>"'`=]/.test(key) || !(/[\d_$-]/.test(key) || key.length >= 20)) return null;
  return { from: "address-and-key", found: { baseUrl: address, key: keyOf(key) } };
}

function oneWord(word: string): { readonly from: PastedFrom; readonly found: Found } | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(word)) return { from: "address", found: { baseUrl: word, key: null } };
  if (/[="'`{}()<>]/.test(word)) return null;
  if (looksLikeHost(word)) return { from: "address", found: { baseUrl: word, key: null } };
  return looksLikeKey(word) ? { from: "key", found: { baseUrl: null, key: keyOf(word) } } : null;
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
