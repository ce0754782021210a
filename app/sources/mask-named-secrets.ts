import type { JSONValue } from "json-p3";

const MARK = "…";

/** Whatever stands under these is a secret. */
const ALWAYS = new Set(["secret", "secrets", "password", "passwd", "pwd", "passphrase", "credential", "credentials"]);

/** Under these stand secrets, figures ("tokens": "5") and names ("key": "balance"). */
const OFTEN = new Set(["key", "keys", "apikey", "token", "tokens", "jwt", "authorization", "cookie"]);

/**
 * A JSON value in which texts under names like "api_key" and "password" are replaced: secrets that the answer brings along by itself,
 * of which nobody told us. Figures and dates stay, whatever they are called.
 */
export function maskNamedSecrets(value: JSONValue): JSONValue {
  const walk = (part: JSONValue, name: string): JSONValue => {
    if (typeof part === "string") return isSecret(name, part) ? MARK : part;
    if (Array.isArray(part)) return part.map((inner) => walk(inner, name));
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([inner, content]) => [inner, walk(content, inner)]));
  };
  return walk(value, "");
}

function isSecret(name: string, text: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/);
  const last = words.at(-1) ?? "";
  if (text === "") return false;
  if (ALWAYS.has(last)) return true;
  if (!OFTEN.has(last) || isFigureOrDate(text)) return false;
  const plain = words.length === 1 || last.endsWith("s");
  return !plain || /^(?=.*\d)\S{12,}$/.test(text) || /^(bearer|basic) /i.test(text);
}

function isFigureOrDate(text: string): boolean {
  return /^[-+]?[\d.,]+( ?%)?$/.test(text) || /^\d{4}-\d{2}-\d{2}/.test(text);
}
