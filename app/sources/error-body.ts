import { type FailureCause, ReadError } from "../quota/failure.ts";
import { causeOfStatus } from "./answer-cause.ts";
import type { Verdict } from "./source.ts";

/** Error codes of the OpenAI API, which gateways that speak its dialect send along. */
const NAMED_CODES: ReadonlyMap<string, FailureCause> = new Map([
  ["invalid_api_key", "key-refused"],
  ["insufficient_quota", "quota-used-up"],
  ["rate_limit_exceeded", "rate-limited"],
]);

/**
 * The failure that a successful answer carries in its body (`{"error": {"code": 401, …}}` or `{"error": "…"}`), null when
 * there is none. The message itself is not quoted: what a gateway writes there may hold the key.
 */
export function errorInBody(body: unknown, status: number): ReadError | null {
  if (typeof body !== "object" || body === null || !("error" in body)) return null;
  const { error } = body;
  if (typeof error === "string" && error.trim() !== "") return carriedError("unexpected-shape", status);
  if (typeof error !== "object" || error === null) return null;
  return carriedError(causeOfCode("code" in error ? error.code : undefined), status);
}

/**
 * OpenAI's 429 and its gateways' 400, 402 and 403 have two meanings: wait, or pay. `insufficient_quota` and `budget_exceeded`
 * are the second one (quota-apis 3.3); asking again soon would change nothing.
 */
export function quotaUsedUp(status: number, body: unknown): Verdict | null {
  if (![400, 402, 403, 429].includes(status)) return null;
  if (typeof body !== "object" || body === null || !("error" in body)) return null;
  const { error } = body;
  if (typeof error !== "object" || error === null) return null;
  const names = ["code" in error ? error.code : undefined, "type" in error ? error.type : undefined];
  return names.some((name) => name === "insufficient_quota" || name === "budget_exceeded")
    ? { cause: "quota-used-up" }
    : null;
}

function carriedError(cause: FailureCause, status: number): ReadError {
  return new ReadError(cause, { status, detail: "the answer carries an error instead of figures" });
}

function causeOfCode(code: unknown): FailureCause {
  if (typeof code === "string") {
    const named = NAMED_CODES.get(code);
    if (named !== undefined) return named;
  }
  const number = typeof code === "number" ? code : typeof code === "string" ? Number(code) : Number.NaN;
  return (
    (Number.isInteger(number) && number >= 400 && number < 600 ? causeOfStatus(number) : null) ?? "unexpected-shape"
  );
}
