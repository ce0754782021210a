import { createHash } from "node:crypto";
import { cutToBytes } from "../../app/alerts/sinks/cut-text.ts";
import { BODY_BYTES } from "../../app/wording/alert-words.ts";

/** The same alert replaces itself. Hashed, because Windows takes no tag longer than 64 characters. */
export function platformId(id: string): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 32);
}

/** Cuts at a whole character: macOS cuts bodies that are longer, in the middle of one if need be. */
export function cutBody(text: string): string {
  return cutToBytes(text, BODY_BYTES);
}
