import type { JSONValue } from "json-p3";

/** How deep an answer may be nested: far beyond any quota route, and far below what recursion can bear. */
export const DEEPEST = 64;

/** An answer's body as the value that queries run over; why not, as one plain clause, where it is no JSON or nested too deep. */
export type JsonBody =
  | { readonly ok: true; readonly value: JSONValue }
  | { readonly ok: false; readonly problem: string };

/** Judges a body level by level, without recursion, so that no nesting can exhaust the stack. */
export function jsonBody(body: unknown): JsonBody {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === "object" && value !== null) {
        if (depth === DEEPEST) return { ok: false, problem: `nested deeper than ${DEEPEST} levels` };
        for (const child of Array.isArray(value) ? value : Object.values(value)) next.push(child);
      } else if (!isScalar(value)) {
        return { ok: false, problem: "not JSON" };
      }
    }
    level = next;
  }
  return isJson(body) ? { ok: true, value: body } : { ok: false, problem: "not JSON" };
}

function isScalar(value: unknown): boolean {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

/** Only called once every level was looked at. */
function isJson(body: unknown): body is JSONValue {
  return body !== undefined;
}
