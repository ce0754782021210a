import { createHmac, randomBytes } from "node:crypto";
import type { Fingerprints } from "../../app/ports.ts";

/** Marks under a key that this process alone has and that ends with it: a mark that got out could not be tried against guesses. */
export function createFingerprints(): Fingerprints {
  let key: Buffer | null = null;
  return {
    of(text) {
      key ??= randomBytes(32);
      return createHmac("sha256", key).update(text).digest("hex").slice(0, 16);
    },
  };
}
