import { checkKey } from "../../settings/key-format.ts";
import { readCode } from "./pasted-code.ts";
import { readCurl } from "./pasted-curl.ts";
import { readEnvironment } from "./pasted-environment.ts";
import {
  type Found,
  isCommand,
  isPlaceholder,
  type LeftOut,
  type PastedFrom,
  type PastedKey,
  type PasteProblem,
} from "./pasted-found.ts";
import { readPlain } from "./pasted-plain.ts";

export type Pasted =
  | {
      readonly ok: true;
      readonly from: PastedFrom;
      /** As it stands there, without query and fragment; null when only a key was pasted. */
      readonly baseUrl: string | null;
      /** With an address only where the two certainly belong together. */
      readonly key: PastedKey | null;
      /** Why a key that stands there was not taken; null where there is none, or it was. */
      readonly leftOut: LeftOut | null;
    }
  | { readonly ok: false; readonly problem: PasteProblem };

/** 64 KiB: the longest configuration file that anybody pastes. */
export const MAX_PASTE = 65_536;

/**
 * Understands what people have at hand: an address, a key, both in one line, a curl command, `export` lines, the configuration of
 * a tool or a few lines of client code. Address and key come together only where they stand in one block, share the beginning of
 * their variables' names, or are of one command: a key must never reach another party's address. Evaluates nothing, asks nobody,
 * never rejects; a key in the result is fit to be sent.
 */
export async function understandPaste(text: string): Promise<Pasted> {
  if (text.length > MAX_PASTE) return { ok: false, problem: "too-long" };
  const clean = straightQuotes(text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n")).trim();
  if (clean === "") return { ok: false, problem: "empty" };
  const read = await readAs(clean);
  return "problem" in read ? { ok: false, problem: read.problem } : judged(read.from, read.found);
}

function judged(from: PastedFrom, found: Found): Pasted {
  const { baseUrl } = found;
  const command = found.key?.type === "secret" && isCommand(found.key.secret);
  const key = found.key === null || command ? null : usableKey(found.key);
  if (key === "unusable") return { ok: false, problem: "key-cannot-be-sent" };
  const leftOut = command ? "key-from-command" : found.leftOut;
  if (baseUrl === null) {
    return key === null
      ? { ok: false, problem: leftOut ?? "not-understood" }
      : { ok: true, from, baseUrl, key, leftOut };
  }
  if (baseUrl.includes("$")) return { ok: false, problem: "address-in-variable" };
  if (from !== "address" && /^[a-z]+:\/\/[^/?#]*@/i.test(baseUrl)) return { ok: false, problem: "user-and-password" };
  return { ok: true, from, baseUrl: baseUrl.replace(/[?#].*$/s, ""), key, leftOut };
}

type Read = { readonly from: PastedFrom; readonly found: Found } | { readonly problem: PasteProblem };

/** The most telling form first: a curl command may stand below `export` lines, and a configuration may hold either as text. */
async function readAs(text: string): Promise<Read> {
  const variables = readEnvironment(text);
  const curl = readCurl(text, variables.values);
  if (curl !== null) return readFrom("curl", curl);
  const plain = readPlain(text);
  if (plain !== null) return plain;
  // The parser is large, and most of what is pasted is an address or a command.
  const { readStructure } = await import("./pasted-structure.ts");
  const config = readStructure(text);
  if (config !== null) return readFrom("config", config);
  if (variables.found !== null) return readFrom("environment", variables.found);
  const code = readCode(text);
  return code === null ? { problem: "not-understood" } : readFrom("config", code);
}

function readFrom(from: PastedFrom, read: Found | { readonly problem: PasteProblem }): Read {
  return "problem" in read ? read : { from, found: read };
}

/** Null: what stands there is not meant to be a key. */
function usableKey(key: PastedKey): PastedKey | null | "unusable" {
  if (key.type === "env") return /^[A-Za-z_][A-Za-z0-9_]{0,199}$/.test(key.name) ? key : null;
  if (isPlaceholder(key.secret)) return null;
  const checked = checkKey(key.secret);
  return checked.ok ? { type: "secret", secret: checked.key } : "unusable";
}

/** Chats and word processors make typographic quotes of straight ones. */
function straightQuotes(text: string): string {
  return text.replace(/[“”„‟]/g, '"').replace(/[‘’‚‛]/g, "'");
}
