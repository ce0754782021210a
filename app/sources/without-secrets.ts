import type { JSONValue } from "json-p3";

const MARK = "…";

/** A JSON value in which no text, name or number holds one of the secrets, as it is or as it reads in an address. */
export function withoutSecrets(value: JSONValue, secrets: readonly string[]): JSONValue {
  const forms = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret.toWellFormed())]))]
    .filter((form) => form !== "")
    // A secret that is a part of another must not save the rest of it.
    .sort((a, b) => b.length - a.length);
  const clean = (text: string) => forms.reduce((left, form) => left.replaceAll(form, MARK), text);
  const walk = (part: JSONValue): JSONValue => {
    if (typeof part === "string") return clean(part);
    if (typeof part === "number") return forms.includes(String(part)) ? MARK : part;
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [clean(name), walk(inner)]));
  };
  return walk(value);
}
