import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** How long a printed link works. */
export const LINK_LIFETIME_MS = 10 * 60_000;
/** Unused links kept at once; a new one beyond this ends the oldest. */
const MAX_LINKS = 8;
/** Signed-in browsers kept at once; a new one beyond this signs the oldest out. */
const MAX_SESSIONS = 64;
/** Failed exchanges within `FAILURE_WINDOW_MS` after which none is looked at until the window has passed. */
const MAX_FAILURES = 10;
const FAILURE_WINDOW_MS = 60_000;
const SECRET_BYTES = 32;

/** What came of handing in a token. `cookie` is the secret to remember the browser by. */
export type Exchange =
  | { readonly outcome: "signed-in"; readonly cookie: string }
  | { readonly outcome: "refused" }
  | { readonly outcome: "too-many"; readonly retryAfterMs: number };

/** One-time links and the sessions that they open. In memory only, and only as hashes: both end with the host. */
export interface SignIn {
  /** A new one-time token of 256 bits, in base64url. */
  newToken(): string;
  exchange(token: string): Exchange;
  isSession(cookie: string): boolean;
}

/** `now` is in epoch milliseconds. */
export function createSignIn(now: () => number): SignIn {
  const links: { readonly hash: Buffer; readonly expiresAt: number }[] = [];
  const sessions: Buffer[] = [];
  let failures: number[] = [];

  /** Compares with every entry, and in constant time, so that timing tells neither the content nor the place. */
  const indexOf = (hashes: readonly Buffer[], secret: string): number => {
    const wanted = sha256(secret);
    let found = -1;
    hashes.forEach((hash, index) => {
      if (timingSafeEqual(hash, wanted)) found = index;
    });
    return found;
  };

  return {
    newToken() {
      const token = randomBytes(SECRET_BYTES).toString("base64url");
      links.push({ hash: sha256(token), expiresAt: now() + LINK_LIFETIME_MS });
      if (links.length > MAX_LINKS) links.shift();
      return token;
    },
    exchange(token) {
      const at = now();
      failures = failures.filter((failedAt) => failedAt > at - FAILURE_WINDOW_MS && failedAt <= at);
      const [firstFailure] = failures;
      if (failures.length >= MAX_FAILURES && firstFailure !== undefined) {
        return { outcome: "too-many", retryAfterMs: firstFailure + FAILURE_WINDOW_MS - at };
      }
      const index = indexOf(
        links.map(({ hash }) => hash),
        token,
      );
      const [link] = index === -1 ? [] : links.splice(index, 1);
      if (link === undefined || link.expiresAt <= at) {
        failures.push(at);
        return { outcome: "refused" };
      }
      const cookie = randomBytes(SECRET_BYTES).toString("base64url");
      sessions.push(sha256(cookie));
      if (sessions.length > MAX_SESSIONS) sessions.shift();
      return { outcome: "signed-in", cookie };
    },
    isSession: (cookie) => indexOf(sessions, cookie) !== -1,
  };
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
