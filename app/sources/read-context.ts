import type * as z from "zod";
import type { HttpResult, HttpTransport, SecretHeader, TransportFailure } from "../ports.ts";
import { ReadError } from "../quota/failure.ts";
import type { TraceStep } from "../quota/reading.ts";
import { answerFailure, isChallenge } from "./answer-cause.ts";
import { errorInBody, quotaUsedUp } from "./error-body.ts";
import { firstIssue } from "./first-issue.ts";
import { secretEraser } from "./key-forms.ts";
import { shownUrl } from "./shown-url.ts";
import type { Answered, ReadContext, RequestOptions, SecretPlacement } from "./source.ts";
import { waitAsked } from "./wait-asked.ts";

const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_MAX_BYTES = 1024 * 1024;

export interface ReadContextOptions {
  readonly http: HttpTransport;
  /** Normalized by app/settings/base-url.ts. */
  readonly baseUrl: string;
  /** The key, and by name any further secrets; all bound to the base URL's origin. Null: there is none to send. */
  readonly key: string | null;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Where the key goes unless a request says otherwise. */
  readonly auth: SecretPlacement;
  readonly facts?: Readonly<Record<string, string>>;
  readonly allowsPost?: boolean;
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

type Answer = Extract<HttpResult, { ok: true }>;
type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ReadError };

/** Makes the context of one poll. Nothing it throws or traces holds a header, a query or a part of a body. */
export function createReadContext(options: ReadContextOptions): TracedReadContext {
  const { http, baseUrl, now, timeoutMs = DEFAULT_TIMEOUT_MS, maxBytes = DEFAULT_MAX_BYTES } = options;
  const trace: TraceStep[] = [];
  let lastRetryAt: number | null = null;
  let spentMs = 0;
  const erase = secretEraser([options.key ?? "", ...Object.values(options.secrets ?? {})]);

  async function exchange<T>(
    method: "GET" | "POST",
    path: string,
    request: RequestOptions,
    body: string | null,
    readAnswer: (answer: Answer) => Outcome<T>,
  ): Promise<Answered<T>> {
    const url = joinBelow(baseUrl, path, request.query ?? {});
    const secretHeaders = (request.secrets ?? [options.auth]).flatMap((placement) =>
      secretHeader(placement, url.origin, options),
    );
    if (spentMs >= timeoutMs) throw new ReadError("timed-out");
    const result = await http.send({
      method,
      url: url.href,
      headers: {
        accept: "application/json",
        ...(body !== null && { "content-type": "application/json" }),
        ...request.headers,
      },
      ...(body !== null && { body }),
      secretHeaders,
      timeoutMs: timeoutMs - spentMs,
      maxBytes,
      ...(options.signal !== undefined && { signal: options.signal }),
    });
    spentMs += result.ms;
    const step = (status: number | null, problem: string | null): void => {
      const shown = shownUrl(url, erase);
      trace.push({ method, url: shown, status, ms: result.ms, bytes: result.bytes, problem });
    };
    if (!result.ok) {
      const error = transportError(result.failure);
      step(error.failure.status, error.failure.cause);
      throw error;
    }
    // From the moment of the answer on, which may have taken a while to come.
    const retryAt = waitAsked(result.headers, now + spentMs);
    if (retryAt !== null) lastRetryAt = Math.max(lastRetryAt ?? retryAt, retryAt);
    const outcome = readAnswer(result);
    step(result.status, outcome.ok ? null : outcome.error.failure.cause);
    if (!outcome.ok) throw outcome.error;
    return { value: outcome.value, status: result.status, headers: result.headers };
  }

  const json =
    <T>(schema: z.ZodType<T>, request: RequestOptions) =>
    (answer: Answer) =>
      readJson(answer, now, schema, request);

  const context: ReadContext = {
    now,
    baseUrl,
    facts: options.facts ?? {},
    getAnswer: (path, schema, request = {}) => exchange("GET", path, request, null, json(schema, request)),
    getJson: async (path, schema, request) => (await context.getAnswer(path, schema, request)).value,
    async getHeaders(path, request = {}) {
      const { status, headers } = await exchange("GET", path, request, null, (answer) =>
        readNoBody(answer, now, request),
      );
      return { status, headers };
    },
    async postJson(path, body, schema, request = {}) {
      if (options.allowsPost !== true) throw new ReadError("internal", { detail: "this kind may not POST" });
      return (await exchange("POST", path, request, JSON.stringify(body), json(schema, request))).value;
    },
  };

  return {
    context,
    trace,
    get lastRetryAt() {
      return lastRetryAt;
    },
  };
}

function readJson<T>(answer: Answer, now: number, schema: z.ZodType<T>, request: RequestOptions): Outcome<T> {
  const { status } = answer;
  const body = parseBody(answer.body);
  const early = judged(answer, body, now, request);
  if (early !== null) return early;
  if (body === undefined) {
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

/** Only the status and the headers count; a 429 still tells what is left of which limit. */
function readNoBody(answer: Answer, now: number, request: RequestOptions): Outcome<null> {
  if (answer.status === 429 && !isChallenge(answer, now)) return { ok: true, value: null };
  return judged(answer, parseBody(answer.body), now, request) ?? { ok: true, value: null };
}

/** The failure that the reader or the common policy sees in the answer as a whole; null when its body may be read. */
function judged(
  answer: Answer,
  body: unknown,
  now: number,
  request: RequestOptions,
): Extract<Outcome<never>, { ok: false }> | null {
  const { status, headers } = answer;
  const failed = answerFailure(answer, now);
  if (failed?.failure.cause === "challenge-page") return { ok: false, error: failed };
  const retryAt = failed?.failure.retryAt ?? null;
  const verdict = request.judge?.({ status, headers, body }) ?? quotaUsedUp(status, body);
  if (verdict !== null) {
    const { cause, detail } = verdict;
    return {
      ok: false,
      error: new ReadError(cause, {
        status,
        ...(detail !== undefined && { detail }),
        ...(retryAt !== null && { retryAt }),
      }),
    };
  }
  return failed === null ? null : { ok: false, error: failed };
}

/** Undefined where it is no JSON. */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function secretHeader(
  placement: SecretPlacement,
  origin: string,
  { key, secrets = {} }: Pick<ReadContextOptions, "key" | "secrets">,
): readonly SecretHeader[] {
  const secret =
    placement.secret === undefined ? key : (new Map(Object.entries(secrets)).get(placement.secret) ?? null);
  if (secret === null) {
    if (placement.secret === undefined) return [];
    throw new ReadError("invalid-options", { detail: `there is no secret called ${placement.secret}` });
  }
  return [{ name: placement.header, value: placement.prefix + secret, origin }];
}

/** The address of a path below the base URL. A path that would leave it (by "..", a host, a backslash) is refused. */
function joinBelow(baseUrl: string, path: string, query: NonNullable<RequestOptions["query"]>): URL {
  const base = new URL(baseUrl);
  const folder = base.pathname.replace(/\/+$/, "");
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map(
      (one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`,
    ),
  );
  const search = pairs.length === 0 ? "" : `${path.includes("?") ? "&" : "?"}${pairs.join("&")}`;
  const url = path.startsWith("/") ? new URL(base.origin + folder + path + search) : null;
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
