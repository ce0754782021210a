import * as z from "zod";
import type { FailureCause } from "../../../quota/failure.ts";
import { causeOfStatus } from "../../answer-cause.ts";
import type { JudgedAnswer, Verdict } from "../../source.ts";

/** What every answer of the API is wrapped in. */
const envelope = z.object({
  success: z.boolean(),
  errors: z.array(z.object({ code: z.number().nullish().catch(null) })).catch([]),
});

/** Codes of the API that mean the same on every route. 10000 is given to unknown and to unfit tokens, which the status tells apart. */
const CAUSES: ReadonlyMap<number, FailureCause> = new Map([
  [971, "rate-limited"],
  [1000, "key-refused"],
  [6003, "key-refused"],
  [6111, "key-refused"],
  [7000, "not-found"],
  [7003, "not-found"],
  [9109, "key-lacks-permission"],
]);

/** Judges an envelope that says that it is no success, whatever the status; null leaves the answer to the common policy. */
export function judgeEnvelope({ status, body }: JudgedAnswer): Verdict | null {
  const parsed = envelope.safeParse(body);
  if (!parsed.success || parsed.data.success) return null;
  const named = parsed.data.errors.flatMap(({ code }) => (code == null ? [] : [CAUSES.get(code)])).find(Boolean);
  const byStatus = causeOfStatus(status);
  // A status that has a meaning of its own says it best; 400 and 200 leave it to the code.
  if (byStatus !== null && byStatus !== "unexpected-shape") return null;
  const known = named ?? (parsed.data.errors.some(({ code }) => code === 10_000) ? "key-refused" : null);
  return { cause: known ?? "unexpected-shape", detail: "the answer says that it is no success" };
}

/** Whether an answer is in the envelope at all. */
export function isEnvelope(body: unknown): boolean {
  return z
    .object({ success: z.boolean(), errors: z.array(z.unknown()), messages: z.array(z.unknown()) })
    .safeParse(body).success;
}
