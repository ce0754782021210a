import { ReadError } from "../../../quota/failure.ts";
import type { Reading } from "../../../quota/reading.ts";
import { errorInBody } from "../../error-body.ts";
import { isShortTerm, rateLimitMeters } from "../../rate-limit-headers/rate-limit-meters.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../../source.ts";
import type { HeadersOptions } from "./descriptor.ts";

/**
 * Reads the limits that the headers of one cheap answer tell, also of a refusal by rate. Throws ReadError, also when there are
 * none: then this gateway tells nothing by this way.
 */
export async function read(context: ReadContext, { path }: HeadersOptions): Promise<Reading> {
  const { status, headers } = await context.getHeaders(path, { judge: errorInSuccess });
  const { meters, retryAt } = rateLimitMeters(headers, context.now);
  if (meters.length === 0) {
    if (status === 429) throw new ReadError("rate-limited", { status, ...(retryAt !== null && { retryAt }) });
    throw new ReadError("unexpected-shape", { status, detail: "the answer carries no rate-limit headers" });
  }
  const shortTerm = meters.every((meter) => isShortTerm(meter, context.now));
  const notices = shortTerm ? [{ key: "notice.headers-only", params: {} }] : [];
  return { meters: [...meters], account: null, notices };
}

/** Limits beside an error say nothing of this key. */
function errorInSuccess({ status, body }: JudgedAnswer): Verdict | null {
  const carried = status < 300 ? errorInBody(body, status) : null;
  if (carried === null) return null;
  const { cause, detail } = carried.failure;
  return { cause, ...(detail !== null && { detail }) };
}
