/**
 * What a JSON pointer (RFC 6901) leads to; undefined where it leads nowhere. Only own members are followed, so that
 * no pointer reaches what an object inherits.
 */
export function resolvePointer(document: unknown, pointer: string): unknown {
  if (pointer === "") return document;
  if (!pointer.startsWith("/")) return undefined;
  let value = document;
  for (const token of pointer.slice(1).split("/").map(unescapeToken)) {
    if (typeof value !== "object" || value === null) return undefined;
    if (Array.isArray(value) && !/^(0|[1-9]\d*)$/.test(token)) return undefined;
    value = new Map<string, unknown>(Object.entries(value)).get(token);
  }
  return value;
}

/** A member's name as it stands in a pointer. */
export function escapeToken(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

function unescapeToken(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}
