export type KeyProblem = "empty" | "has-newline" | "has-control-character" | "not-ascii" | "too-long";

export type KeyCheck =
  | { readonly ok: true; readonly key: string }
  | { readonly ok: false; readonly problem: KeyProblem };

/** Longest key that is accepted: servers commonly take 8 KiB of headers, and no gateway's key comes near. */
export const MAX_KEY_LENGTH = 4096;

/**
 * Judges a key as it was pasted or found. White space around it goes; what is left must be one line of printable ASCII,
 * which is what every HTTP header carries unchanged. The problem never quotes the key; its wording is `keyProblem.<problem>`.
 */
export function checkKey(text: string): KeyCheck {
  const key = text.trim();
  if (key === "") return { ok: false, problem: "empty" };
  if (key.length > MAX_KEY_LENGTH) return { ok: false, problem: "too-long" };
  if (/[\r\n\u2028\u2029]/u.test(key)) return { ok: false, problem: "has-newline" };
  if (/\p{Cc}/u.test(key)) return { ok: false, problem: "has-control-character" };
  if (!/^[ -~]+$/.test(key)) return { ok: false, problem: "not-ascii" };
  return { ok: true, key };
}
