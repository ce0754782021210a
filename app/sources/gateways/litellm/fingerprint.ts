import * as z from "zod";
import type { Fingerprint, Likelihood } from "../../probe/fingerprint.ts";
import type { JudgedAnswer } from "../../source.ts";
import { errorType, refusalWords, saysNotAllowed } from "./refusal.ts";

const keyShape = z.object({ info: z.object({ spend: z.number().nullable(), max_budget: z.number().nullable() }) });

/** Types of errors that are LiteLLM's own. */
const OWN_TYPES: ReadonlySet<string> = new Set([
  "auth_error",
  "budget_exceeded",
  "expired_key",
  "no_db_connection",
  "token_not_found_in_db",
]);

/** An answer of its own shape or with its own header is certain; one that only words its refusal as LiteLLM does is likely. */
export const fingerprint: Fingerprint = {
  path: () => "/key/info",
  recognize(answer) {
    const { status, headers, body } = answer;
    const version = headers["x-litellm-version"] ?? null;
    if (status >= 200 && status < 300) {
      return keyShape.safeParse(body).success ? { likelihood: "certain", version } : null;
    }
    const likelihood = likelihoodOfRefusal(answer);
    if (likelihood === null) return null;
    return { likelihood, version, ...(status === 401 && !saysNotAllowed(body) && { keyRefused: true }) };
  },
};

function likelihoodOfRefusal({ status, headers, body }: JudgedAnswer): Likelihood | null {
  if (![400, 401, 403, 404, 429].includes(status)) return null;
  if (Object.keys(headers).some((name) => name.startsWith("x-litellm-"))) return "certain";
  const type = errorType(body);
  const own = (type !== null && OWN_TYPES.has(type)) || /litellm/i.test(refusalWords(body)) || saysNotAllowed(body);
  return own ? "likely" : null;
}
