import type { JudgedAnswer, Verdict } from "../source.ts";

/** These sites answer 200 to a key or token that they do not know, and say so in the body: `success` or `code` is false. */
export function judgeInBandRefusal({ status, body }: JudgedAnswer): Verdict | null {
  if (status < 200 || status >= 300 || typeof body !== "object" || body === null) return null;
  const refused = ("success" in body && body.success === false) || ("code" in body && body.code === false);
  return refused ? { cause: "key-refused", detail: "the answer says that the request failed" } : null;
}
