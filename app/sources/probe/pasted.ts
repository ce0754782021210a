import { checkKey } from "../../settings/key-format.ts";
import { readClientConfig } from "./pasted-config.ts";
import { readCurl } from "./pasted-curl.ts";
import { readEnvironment } from "./pasted-environment.ts";
import type { Found, PastedFrom, PastedKey, PasteProblem } from "./pasted-found.ts";
import { readPlain } from "./pasted-plain.ts";

export type Pasted =
  | {
      readonly ok: true;
      readonly from: PastedFrom;
      /** As it stands there, without query and fragment where it is no plain address; null when only a key was pasted. */
      readonly baseUrl: string | null;
      readonly key: PastedKey | null;
    }
  | { readonly ok: false; readonly problem: PasteProblem };

/** 64 KiB: the longest configuration file that anybody pastes. */
export const MAX_PASTE = 65_536;

/**
 * Understands what people have at hand: an address, a key, both in one line, a curl command, `export` lines, the configuration of
 * a tool or a few lines of client code. Evaluates nothing, asks nobody, never throws; a key in the result is fit to be sent.
 */
export function understandPaste(text: string): Pasted {
  if (text.length > MAX_PASTE) return { ok: false, problem: "too-long" };
  const clean = straightQuotes(text.replace(/^\uFEFF/, "")).trim();
  if (clean === "") return { ok: false, problem: "empty" };
  const read = readAs(clean);
  if ("problem" in read) return { ok: false, problem: read.problem };
  const { from, found } = read;
  if (found.baseUrl === null && found.key === null) return { ok: false, problem: "not-understood" };
  const key = found.key === null ? null : usableKey(found.key);
  if (key === "unusable") return { ok: false, problem: "key-cannot-be-sent" };
  const baseUrl = found.baseUrl;
  if (baseUrl === null) return { ok: true, from, baseUrl, key };
  if (baseUrl.includes("$")) return { ok: false, problem: "address-in-variable" };
  if (from !== "address" && /^[a-z]+:\/\/[^/?#]*@/i.test(baseUrl)) return { ok: false, problem: "user-and-password" };
  return { ok: true, from, baseUrl: from === "address" ? baseUrl : baseUrl.replace(/[?#].*$/s, ""), key };
}

type Read = { readonly from: PastedFrom; readonly found: Found } | { readonly problem: PasteProblem };

/** The most telling form first: a curl command may stand below `export` lines, and a configuration may hold either as text. */
function readAs(text: string): Read {
  const variables = readEnvironment(text);
  const curl = readCurl(text, variables.values);
  if (curl !== null) return "problem" in curl ? curl : { from: "curl", found: curl };
  const plain = readPlain(text);
  if (plain !== null) return plain;
  if (variables.found !== null) return { from: "environment", found: variables.found };
  const config = readClientConfig(text);
  return config === null ? { problem: "not-understood" } : { from: "config", found: config };
}

/** Null: what stands there is not meant to be a key. */
function usableKey(key: PastedKey): PastedKey | null | "unusable" {
  if (key.type === "env") return /^[A-Za-z_][A-Za-z0-9_]{0,199}$/.test(key.name) ? key : null;
  if (isPlaceholder(key.secret)) return null;
  const checked = checkKey(key.secret);
  return checked.ok ? { type: "secret", secret: checked.key } : "unusable";
}

/** "<your key>", "YOUR_API_KEY", "sk-…", "xxxx": what documentation writes where the key goes. */
function isPlaceholder(secret: string): boolean {
  const text = secret.trim();
  return (
    text === "" ||
    /^[<{[]|\.{3}|…|^x+$|^\*+$/i.test(text) ||
    /^(your|my|the|insert|replace|paste)[-_ ]/i.test(text) ||
    /^sk-(your|x{4,}|\*{3,})/i.test(text)
  );
}

/** Chats and word processors make typographic quotes of straight ones. */
function straightQuotes(text: string): string {
  return text.replace(/[“”„‟]/g, '"').replace(/[‘’‚‛]/g, "'");
}
