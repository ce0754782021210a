import { ReadError } from "../../../quota/failure.ts";
import type { Reading } from "../../../quota/reading.ts";
import { errorInBody } from "../../error-body.ts";
import { rateLimitMeters } from "../../rate-limit-headers/rate-limit-meters.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../../source.ts";
import { modelList } from "./schema.ts";

/** What Groq's names leave out and its documentation tells. */
const WINDOWS = { requests: "day", tokens: "minute" } as const;

/**
 * Reads the limits in the headers of the list of models, also of a refusal by rate. The documentation promises them for answers of
 * inference only. Throws ReadError, also when there are none.
 */
export async function read(context: ReadContext): Promise<Reading> {
  const { status, headers } = await context.getHeaders("/openai/v1/models", { judge });
  const { meters, retryAt } = rateLimitMeters(headers, context.now, WINDOWS);
  if (meters.length === 0) {
    if (status === 429) throw new ReadError("rate-limited", { status, ...(retryAt !== null && { retryAt }) });
    throw new ReadError("unexpected-shape", { status, detail: "the answer carries no rate-limit headers" });
  }
  return { meters: [...meters], account: null, notices: [{ key: "notice.headers-only", params: {} }] };
}

/** Headers of an answer that is no list of models come from something that stands in front of Groq. */
function judge({ status, body }: JudgedAnswer): Verdict | null {
  if (status >= 300) return null;
  const carried = errorInBody(body, status);
  if (carried !== null) {
    const { cause, detail } = carried.failure;
    return { cause, ...(detail !== null && { detail }) };
  }
  return modelList.safeParse(body).success
    ? null
    : { cause: "unexpected-shape", detail: "the answer is no list of models" };
}
