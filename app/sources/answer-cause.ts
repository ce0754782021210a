import { type FailureCause, ReadError } from "../quota/failure.ts";
import { parseRetryAfter } from "./retry-after.ts";

/** What came back over HTTP. Header names in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Challenge and login pages come with these; with any other status a page is just how the server words its error. */
const PAGE_STATUSES: ReadonlySet<number> = new Set([401, 403, 429, 503]);

/** Headers by which a bot protection says that the answer is its challenge. */
const CHALLENGE_HEADERS = ["cf-mitigated", "x-vercel-mitigated"];

/** Why this answer gives no figures; null when its body may hold them. Empty bodies of successes are judged here, too. */
export function answerFailure(answer: Answer, now: number): ReadError | null {
  const { status, headers } = answer;
  const retryAt = parseRetryAfter(headers["retry-after"], now, headers["date"]);
  const fail = (cause: FailureCause, detail?: string) =>
    new ReadError(cause, { status, ...(retryAt !== null && { retryAt }), ...(detail !== undefined && { detail }) });

  if (isChallenge(answer, now)) return fail("challenge-page");
  const cause = causeOfStatus(status);
  if (cause !== null) return fail(cause);
  return answer.body.trim() === "" ? fail("unexpected-shape", "the answer is empty") : null;
}

/** The cause that an HTTP status stands for; null for successes. */
export function causeOfStatus(status: number): FailureCause | null {
  if (status >= 200 && status < 300) return null;
  switch (status) {
    case 401:
      return "key-refused";
    case 402:
      return "quota-used-up";
    case 403:
      return "key-lacks-permission";
    case 404:
      return "not-found";
    case 408:
      return "server-error";
    case 429:
      return "rate-limited";
    default:
      return status >= 500 ? "server-error" : "unexpected-shape";
  }
}

/** Whether a person is meant to answer: a login page, or the challenge of a bot protection. */
export function isChallenge(answer: Answer, now: number): boolean {
  const { status, headers } = answer;
  const success = status >= 200 && status < 300;
  if (!success && !PAGE_STATUSES.has(status)) return false;
  if (CHALLENGE_HEADERS.some((name) => headers[name]?.toLowerCase() === "challenge")) return true;
  // Reverse proxies word a plain "too many requests" or "in maintenance" as a page; one with a time to retry is no login.
  if ((status === 429 || status === 503) && parseRetryAfter(headers["retry-after"], now) !== null) return false;
  return isPage(answer);
}

function isPage({ headers, body }: Answer): boolean {
  const type = headers["content-type"]?.toLowerCase() ?? "";
  const start = body.trimStart().charAt(0);
  // Some servers label JSON as HTML, and XML is an answer of a machine: the body's first character decides.
  if (start === "<") return !/^(application|text)\/xml\b/.test(type);
  return type.startsWith("text/html") && start !== "" && start !== "{" && start !== "[";
}
