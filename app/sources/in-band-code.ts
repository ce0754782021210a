import type { FailureCause } from "../quota/failure.ts";
import { causeOfStatus } from "./answer-cause.ts";
import type { RequestOptions } from "./source.ts";

/**
 * A judge for services that put a result code into each body and answer 200 whatever it is. Any `code` but `success`, and a
 * `status` of false, is a failure: by `causes` where the code is documented, by the HTTP status that it repeats, or else as an
 * answer without figures. Bodies without a code, and answers that are no success by HTTP, are left to the common policy.
 */
export function inBandCode(
  success: number,
  causes: ReadonlyMap<number, FailureCause> = new Map(),
): NonNullable<RequestOptions["judge"]> {
  return ({ status, body }) => {
    if (status < 200 || status >= 300 || typeof body !== "object" || body === null) return null;
    const code = "code" in body ? body.code : undefined;
    const refused = "status" in body && body.status === false;
    if (code === undefined ? !refused : Number(code) === success && !refused) return null;
    const number = Number(code);
    const named = causes.get(number) ?? (number >= 400 && number < 600 ? causeOfStatus(number) : null);
    return { cause: named ?? "unexpected-shape", detail: "the answer carries an error code instead of figures" };
  };
}
