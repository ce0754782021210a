import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const SECRET_BYTES = 32;

/** A new secret or nonce of 256 bits, in base64url (43 characters). */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString("base64url");
}

/** What both sides of a connection contributed to it, and where it leads: a proof for one is worth nothing for another. */
export interface Challenge {
  readonly socket: string;
  readonly faceNonce: string;
  readonly hostNonce: string;
  /** The host's. */
  readonly version: string;
}

/** Shows, without telling it, that `side` knows the secret. The two sides' proofs differ, so that neither can be sent back. */
export function prove(side: "host" | "face", secret: string, challenge: Challenge): string {
  const { socket, faceNonce, hostNonce, version } = challenge;
  const text = JSON.stringify(["plimsoll-attach-1", side, socket, faceNonce, hostNonce, version]);
  return createHmac("sha256", secret).update(text).digest("base64url");
}

/** Whether a proof is right, in a time that does not tell how much of it is. */
export function isProof(given: string, side: "host" | "face", secret: string, challenge: Challenge): boolean {
  const expected = Buffer.from(prove(side, secret, challenge));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
