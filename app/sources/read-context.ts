import type * as z from "zod";
import type { HttpTransport, SecretHeader, TransportFailure } from "../ports.ts";
import { ReadError } from "../quota/failure.ts";
import type { TraceStep } from "../quota/reading.ts";
import { answerFailure } from "./answer-cause.ts";
import { errorInBody } from "./error-body.ts";
import { firstIssue } from "./first-issue.ts";
import { parseRetryAfter } from "./retry-after.ts";
import type { ReadContext } from "./source.ts";

const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_MAX_BYTES = 1024 * 1024;

export interface ReadContextOptions {
  readonly http: HttpTransport;
  /** Normalized by app/settings/base-url.ts. */
  readonly baseUrl: string;
  readonly secretHeader: SecretHeader | null;
  /** Epoch milliseconds at the start of the poll. */
  readonly now: number;
  /** For all requests of the poll together. */
  readonly timeoutMs?: number;
  /** For each answer. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

/** What one poll reads through, and what it leaves behind. */
export interface TracedReadContext {
  readonly context: ReadContext;
  /** Grows by one step per request. */
  readonly trace: readonly TraceStep[];
  /** The latest time that any answer asked to wait for, in epoch milliseconds; null when none did. */
  readonly lastRetryAt: number | null;
}

/** Makes the context of one poll. Nothing it throws or traces holds a header, a query or a part of a body. */
export function createReadContext(options: ReadContextOptions): TracedReadContext {
  const { http, baseUrl, secretHeader, now, timeoutMs = DEFAULT_TIMEOUT_MS, maxBytes = DEFAULT_MAX_BYTES } = options;
  const trace: TraceStep[] = [];
  let lastRetryAt: number | null = null;
  let spentMs = 0;

  async function getJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const url = joinBelow(baseUrl, path);
    if (spentMs >= timeoutMs) throw new ReadError("timed-out");
    const result = await http.send({
      method: "GET",
      url: url.href,
      headers: { accept: "application/json" },
      secretHeader,
      timeoutMs: timeoutMs - spentMs,
      maxBytes,
      ...(options.signal !== undefined && { signal: options.signal }),
    });
    spentMs += result.ms;
    const step = (status: number | null, problem: string | null): void => {
      const shown = url.origin + url.pathname;
      trace.push({ method: "GET", url: shown, status, ms: result.ms, bytes: result.bytes, problem });
    };
    if (!result.ok) {
      const error = transportError(result.failure);
      step(error.failure.status, error.failure.cause);
      throw error;
    }
    const retryAt = parseRetryAfter(result.headers["retry-after"], now);
    if (retryAt !== null) lastRetryAt = Math.max(lastRetryAt ?? retryAt, retryAt);
    const outcome = readAnswer(result, now, schema);
    step(result.status, outcome.ok ? null : outcome.error.failure.cause);
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  }

  return {
    context: { now, baseUrl, getJson },
    trace,
    get lastRetryAt() {
      return lastRetryAt;
    },
  };
}

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ReadError };

function readAnswer<T>(
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string },
  now: number,
  schema: z.ZodType<T>,
): Outcome<T> {
  const { status } = answer;
  const failed = answerFailure(answer, now);
  if (failed !== null) return { ok: false, error: failed };
  let body: unknown;
  try {
    body = JSON.parse(answer.body.replace(/^\uFEFF/, ""));
  } catch {
    const detail = "the answer is not JSON, or was cut short";
    return { ok: false, error: new ReadError("unexpected-shape", { status, detail }) };
  }
  const carried = errorInBody(body, status);
  if (carried !== null) return { ok: false, error: carried };
  const parsed = schema.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  const detail = firstIssue(parsed.error);
  return { ok: false, error: new ReadError("unexpected-shape", { status, detail }) };
}

/** The address of a path below the base URL. A path that would leave it (by "..", a host, a backslash) is refused. */
function joinBelow(baseUrl: string, path: string): URL {
  const base = new URL(baseUrl);
  const folder = base.pathname.replace(/\/+$/, "");
  const url = path.startsWith("/") ? new URL(base.origin + folder + path) : null;
  if (url === null || url.origin !== base.origin || !url.pathname.startsWith(`${folder}/`)) {
    throw new ReadError("invalid-options", { detail: "the path leaves the gateway's address" });
  }
  return url;
}

function transportError(failure: TransportFailure): ReadError {
  switch (failure.kind) {
    case "unreachable":
    case "tls-untrusted":
      return new ReadError(failure.kind, { detail: failure.detail });
    case "timed-out":
      return new ReadError("timed-out");
    case "too-large":
      return new ReadError("answer-too-large", { status: failure.status });
    case "redirected-elsewhere":
      return new ReadError("redirected-elsewhere", { status: failure.status, detail: `to ${failure.host}` });
    case "malformed":
      return new ReadError("unexpected-shape", { detail: failure.detail });
    case "cancelled":
      return new ReadError("timed-out", { detail: "stopped before the answer came" });
  }
}
