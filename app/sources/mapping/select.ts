import type { JSONValue } from "json-p3";
import { ReadError } from "../../quota/failure.ts";
import { cleanText } from "../clean-text.ts";
import { compileQuery, MOST_MATCHES, selectUpTo } from "./query.ts";

/** What a path matches in a value. `name` says whose path it is. Throws ReadError where it is no path, or matches too much. */
export function select(path: string, value: JSONValue, name: string): readonly JSONValue[] {
  const compiled = compileQuery(path);
  if (!compiled.ok) throw new ReadError("invalid-options", { detail: `${name}: ${compiled.problem}` });
  const found = selectUpTo(compiled.query, value, MOST_MATCHES);
  if (found === null) throw tooMany(`more than ${MOST_MATCHES} matches of ${cleanText(path)}`);
  return found;
}

/** A text or number that only decorates; anything else is null. */
export function textAt(path: string, value: JSONValue): string | null {
  const [found, ...others] = select(path, value, "label");
  if (others.length > 0) return null;
  const text = typeof found === "number" ? String(found) : found;
  return typeof text === "string" ? cleanText(text) || null : null;
}

export function tooMany(what: string): ReadError {
  return new ReadError("unexpected-shape", { detail: `${what}; narrow the rows, such as with [:20]` });
}
