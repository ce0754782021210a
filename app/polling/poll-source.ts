import type { Ports, SecretLookup } from "../ports.ts";
import { type Failure, type MissingKey, ReadError } from "../quota/failure.ts";
import type { Reading, TraceStep } from "../quota/reading.ts";
import { type BaseUrlProblem, parseBaseUrl } from "../settings/base-url.ts";
import { checkKey } from "../settings/key-format.ts";
import type { Credential, SourceConfig } from "../settings/schema.ts";
import { cleanReading, cleanText } from "../sources/clean-text.ts";
import { createReadContext } from "../sources/read-context.ts";
import { findSource } from "../sources/registry.ts";

/** What a poll needs to know of a source; a draft under test has no id in the vault yet. */
export interface PollTarget {
  readonly id: string;
  readonly kind: string;
  readonly baseUrl: string;
  /** The user's yes to plain http towards another computer. */
  readonly allowPlainHttp: boolean;
  readonly options: unknown;
  readonly key: Credential | { readonly type: "given"; readonly secret: string };
}

/** What is polled for a configured source: with the key that its settings name, or with one that is at hand. */
export function pollTarget(config: SourceConfig, givenKey: string | null): PollTarget {
  const { id, kind, baseUrl, allowPlainHttp, options, credential } = config;
  const key = givenKey === null ? credential : ({ type: "given", secret: givenKey } as const);
  return { id, kind, baseUrl, allowPlainHttp, options, key };
}

export type PollOutcome =
  | { readonly type: "reading"; readonly reading: Reading; readonly trace: readonly TraceStep[] }
  | { readonly type: "failure"; readonly failure: Failure; readonly trace: readonly TraceStep[] }
  | { readonly type: "needs-key"; readonly reason: MissingKey; readonly detail: string | null };

/** Longest a whole poll may take, all its requests together. */
const POLL_DEADLINE_MS = 15_000;

/** Polls one source once, or until `signal` ends it. Never rejects; nothing in the outcome holds the key. */
export async function pollSource(
  target: PollTarget,
  ports: Pick<Ports, "http" | "vault" | "references" | "clock" | "logger">,
  signal?: AbortSignal,
): Promise<PollOutcome> {
  const descriptor = findSource(target.kind);
  if (descriptor === undefined) {
    return failed({ cause: "unknown-kind", detail: cleanText(target.kind, 40), status: null, retryAt: null });
  }
  // Judged again here: settings can come from an editor or another computer, and the key must not follow them anywhere.
  const address = parseBaseUrl(target.baseUrl, { allowPlainHttp: target.allowPlainHttp });
  if (!address.ok) {
    return failed({ cause: "invalid-address", detail: ADDRESS_PROBLEMS[address.problem], status: null, retryAt: null });
  }
  let trace: readonly TraceStep[] = [];
  try {
    const lookup = await lookUp(target, address.origin, ports);
    if (!lookup.found) return { type: "needs-key", reason: lookup.reason, detail: lookup.detail };
    const key = checkKey(lookup.secret);
    if (!key.ok) return { type: "needs-key", reason: "malformed", detail: null };
    const { header, prefix } = descriptor.auth;
    const traced = createReadContext({
      http: ports.http,
      baseUrl: address.url,
      secretHeader: { name: header, value: prefix + key.key, origin: address.origin },
      now: ports.clock.now(),
      timeoutMs: POLL_DEADLINE_MS,
      ...(signal !== undefined && { signal }),
    });
    trace = traced.trace;
    const read = await descriptor.prepare(target.options);
    return { type: "reading", reading: cleanReading(await read(traced.context), key.key), trace };
  } catch (error) {
    if (error instanceof ReadError) return failed(error.failure, trace);
    // A bug of ours, or a port that broke its word. The message may quote what it choked on, so only its class is told.
    ports.logger.log("error", "poll-crashed", {
      kind: descriptor.id,
      error: error instanceof Error ? error.name : typeof error,
    });
    return failed({ cause: "internal", detail: null, status: null, retryAt: null }, trace);
  }
}

/** One clause each, without the address itself. */
const ADDRESS_PROBLEMS: Readonly<Record<BaseUrlProblem, string>> = {
  empty: "it is empty",
  "no-scheme": "it has no scheme such as https://",
  "not-a-url": "it cannot be read",
  "scheme-not-http": "its scheme is neither https nor http",
  "has-user": "it holds a user name or password",
  "has-query": "it holds a query or fragment",
  "no-host": "it names no host",
  "plain-http": "plain http to another computer was not allowed",
};

async function lookUp(
  target: PollTarget,
  origin: string,
  ports: Pick<Ports, "vault" | "references">,
): Promise<SecretLookup> {
  switch (target.key.type) {
    case "given":
      return { found: true, secret: target.key.secret };
    case "env":
      return ports.references.resolve(target.key);
    case "vault":
      return ports.vault.get(target.id, origin);
  }
}

function failed(failure: Failure, trace: readonly TraceStep[] = []): PollOutcome {
  return { type: "failure", failure, trace };
}
