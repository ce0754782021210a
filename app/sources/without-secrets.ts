import type { JSONValue } from "json-p3";
import { secretEraser } from "./key-forms.ts";

const MARK = "…";

/** A JSON value in which no text, name or number holds one of the secrets, as it is or as it reads in an address. */
export function withoutSecrets(value: JSONValue, secrets: readonly string[]): JSONValue {
  const clean = secretEraser(secrets);
  const walk = (part: JSONValue): JSONValue => {
    if (typeof part === "string") return clean(part);
    if (typeof part === "number") return clean(String(part)) === String(part) ? part : MARK;
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [clean(name), walk(inner)]));
  };
  return walk(value);
}
