import type { HttpResult } from "../../ports.ts";
import { LONGEST_WAIT_MS, parseRetryAfter } from "../../sources/retry-after.ts";

/** What came of sending once. `detail` is a plain clause without secrets. */
export type Attempt =
  | { readonly type: "delivered"; readonly detail: string }
  /** `askedFor`: epoch milliseconds before which the receiver does not want to hear of us; null where it did not say. */
  | { readonly type: "try-again"; readonly detail: string; readonly askedFor: number | null }
  | { readonly type: "failed"; readonly detail: string };

/** What the answer of a webhook means. `origin` is told along: it is no secret, unlike the rest of the address. */
export function judgeAnswer(result: HttpResult, origin: string, now: number, takesPages: boolean): Attempt {
  if (!result.ok) return judgeFailure(result.failure, origin);
  const { status, headers } = result;
  const detail = `${status} from ${origin}`;
  if (status >= 200 && status < 300) {
    // A captive portal or a login page also answers 200, and has taken nothing.
    const isPage = /^text\/html\b/i.test(headers["content-type"] ?? "");
    return isPage && !takesPages
      ? { type: "failed", detail: `${detail}, but with a web page instead of taking it` }
      : { type: "delivered", detail };
  }
  const askedFor = parseRetryAfter(headers["retry-after"], now);
  const meaning = meaningOf(status);
  const told = meaning === null ? detail : `${detail}: ${meaning}`;
  return mayPass(status) ? { type: "try-again", detail: told, askedFor } : { type: "failed", detail: told };
}

type Failure = Extract<HttpResult, { ok: false }>["failure"];

function judgeFailure(failure: Failure, origin: string): Attempt {
  switch (failure.kind) {
    case "unreachable":
      return { type: "try-again", detail: `${origin} cannot be reached: ${failure.detail}`, askedFor: null };
    case "timed-out":
      return { type: "try-again", detail: `${origin} did not answer in time`, askedFor: null };
    case "tls-untrusted":
      return { type: "failed", detail: `${origin} is not trusted: ${failure.detail}` };
    case "too-large":
      // The status says whether it was taken; what else it says does not matter.
      return failure.status >= 200 && failure.status < 300
        ? { type: "delivered", detail: `${failure.status} from ${origin}` }
        : { type: "failed", detail: `${failure.status} from ${origin}` };
    case "redirected-elsewhere":
      return {
        type: "failed",
        detail: `${failure.status} from ${origin}: it points to another address, which is not followed`,
      };
    case "malformed":
      return { type: "failed", detail: `${origin}: ${failure.detail}` };
    case "cancelled":
      return { type: "failed", detail: "Plimsoll ended before it was delivered" };
  }
}

/** Statuses that may be another in a moment. */
function mayPass(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

function meaningOf(status: number): string | null {
  switch (status) {
    case 400:
    case 422:
      return "it does not take this format";
    case 401:
    case 403:
      return "it refuses the address or its token";
    case 404:
    case 410:
      return "there is no such webhook (any more)";
    case 413:
      return "the message is too large for it";
    case 429:
      return "told to wait";
    default:
      return status >= 300 && status < 400 ? "it points to another address, which is not followed" : null;
  }
}

/** How often it is tried in all. */
export const MOST_TRIES = 4;

const FIRST_PAUSE_MS = 2_000;
const PAUSE_FACTOR = 4;

/** A receiver that asks for a longer wait gets no more tries: an alert that comes so late is none. */
export const LONGEST_PAUSE_MS = 5 * 60_000;

/**
 * When to try again after the `tries`-th try, in epoch milliseconds; null: no more. Pauses grow fourfold (2, 8, 32 s) with half of
 * each left to chance, and are never shorter than what the receiver asked for.
 */
export function nextTry(facts: {
  readonly tries: number;
  readonly now: number;
  readonly askedFor: number | null;
  /** In [0, 1). */
  readonly chance: number;
}): number | null {
  const { tries, now, askedFor, chance } = facts;
  if (tries >= MOST_TRIES) return null;
  if (askedFor !== null && askedFor - now > LONGEST_PAUSE_MS) return null;
  const pause = FIRST_PAUSE_MS * PAUSE_FACTOR ** (tries - 1);
  return Math.max(now + pause * (0.5 + chance / 2), askedFor ?? now);
}

/** Until when nothing at all is sent to a receiver that asked for it: no longer than a header may ask for. */
export function quietUntil(askedFor: number | null, now: number): number {
  return askedFor === null ? now : Math.min(askedFor, now + LONGEST_WAIT_MS);
}
