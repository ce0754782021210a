import { createHash } from "node:crypto";

/** macOS cuts bodies that are longer, in the middle of a character if need be. */
const BODY_BYTES = 256;

/** The same alert replaces itself. Hashed, because Windows takes no tag longer than 64 characters. */
export function platformId(id: string): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 32);
}

/** Cuts at a whole character so that the text fits into BODY_BYTES of UTF-8. */
export function cutBody(text: string): string {
  if (Buffer.byteLength(text) <= BODY_BYTES) return text;
  let out = "";
  for (const character of text) {
    if (Buffer.byteLength(out) + Buffer.byteLength(character) > BODY_BYTES - Buffer.byteLength("…")) break;
    out += character;
  }
  return `${out}…`;
}
