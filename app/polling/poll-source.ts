import type { Ports } from "../ports.ts";
import { type Failure, type MissingKey, ReadError } from "../quota/failure.ts";
import type { Reading, TraceStep } from "../quota/reading.ts";
import { markSubjects } from "../quota/same-thing.ts";
import { ADDRESS_PROBLEMS, parseBaseUrl, withoutApiPath } from "../settings/base-url.ts";
import { cleanReading, cleanText } from "../sources/clean-text.ts";
import { createReadContext, type TracedReadContext } from "../sources/read-context.ts";
import { findSource } from "../sources/registry.ts";
import { lookUpAll } from "./look-up-secrets.ts";
import type { PollTarget } from "./poll-target.ts";

/** `retryAt`: until when any answer of the poll asked not to be called again, epoch milliseconds; also where the poll succeeded. */
export type PollOutcome =
  | {
      readonly type: "reading";
      readonly reading: Reading;
      readonly trace: readonly TraceStep[];
      readonly retryAt?: number | null;
    }
  | {
      readonly type: "failure";
      readonly failure: Failure;
      readonly trace: readonly TraceStep[];
      readonly retryAt?: number | null;
    }
  | { readonly type: "needs-key"; readonly reason: MissingKey; readonly detail: string | null };

/** Longest a whole poll may take, all its requests together. */
const POLL_DEADLINE_MS = 15_000;

type PollPorts = Pick<Ports, "http" | "vault" | "references" | "fingerprints" | "clock" | "logger">;

/** Polls one source once, or until `signal` ends it. Never rejects; nothing in the outcome holds a secret. */
export async function pollSource(target: PollTarget, ports: PollPorts, signal?: AbortSignal): Promise<PollOutcome> {
  const descriptor = findSource(target.kind);
  if (descriptor === undefined) {
    return failed({ cause: "unknown-kind", detail: cleanText(target.kind, 40), status: null, retryAt: null });
  }
  // Judged again here: settings can come from an editor or another computer, and the key must not follow them anywhere.
  const address = parseBaseUrl(target.baseUrl, { allowPlainHttp: target.allowPlainHttp });
  if (!address.ok) {
    return failed({ cause: "invalid-address", detail: ADDRESS_PROBLEMS[address.problem], status: null, retryAt: null });
  }
  let traced: TracedReadContext | null = null;
  try {
    const found = await lookUpAll(target, descriptor, address.origin, ports);
    if (!found.ok) return { type: "needs-key", reason: found.reason, detail: found.detail };
    const { key, secrets, facts } = found;
    traced = createReadContext({
      http: ports.http,
      baseUrl: withoutApiPath(address.url, descriptor.apiPaths ?? []),
      key,
      secrets,
      auth: descriptor.auth,
      facts,
      allowsPost: descriptor.allowsPost ?? false,
      now: ports.clock.now(),
      timeoutMs: POLL_DEADLINE_MS,
      ...(signal !== undefined && { signal }),
    });
    const read = await descriptor.prepare(target.options);
    const reading = cleanReading(await read(traced.context), [key, ...Object.values(secrets)]);
    const subjects = markSubjects(reading.subjects ?? {}, address.origin, key, ports.fingerprints);
    return { type: "reading", reading: { ...reading, subjects }, trace: traced.trace, retryAt: traced.lastRetryAt };
  } catch (error) {
    if (error instanceof ReadError) return failed(error.failure, traced);
    // A bug of ours, or a port that broke its word. The message may quote what it choked on, so only its class is told.
    ports.logger.log("error", "poll-crashed", {
      kind: descriptor.id,
      error: error instanceof Error ? error.name : typeof error,
    });
    return failed({ cause: "internal", detail: null, status: null, retryAt: null }, traced);
  }
}

function failed(failure: Failure, traced: TracedReadContext | null = null): PollOutcome {
  return { type: "failure", failure, trace: traced?.trace ?? [], retryAt: traced?.lastRetryAt ?? null };
}
