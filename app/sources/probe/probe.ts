import type { Clock, HttpTransport } from "../../ports.ts";
import { parseBaseUrl, withoutApiPath } from "../../settings/base-url.ts";
import { cleanText } from "../clean-text.ts";
import { sources as registry } from "../registry.ts";
import type { RegisteredSource } from "../source.ts";
import { ask, type ProbeContext, readOnce } from "./ask.ts";
import { type Attempt, type AttemptGroup, type Guessable, planAttempts } from "./attempts.ts";
import { type BoundedTransport, boundedTransport } from "./bounded-transport.ts";
import { homeInstead, isKnownHost, kindsForKey, kindsOfKey, withoutInferenceRoute } from "./clues.ts";
import type { Fingerprint, Recognized } from "./fingerprint.ts";
import type { ProbeCandidate, ProbeResult } from "./result.ts";
import { endingOf } from "./verdict.ts";

/** More would be rude to a server that is none of these, and slow for whoever waits. */
const MAX_REQUESTS = 12;
const MAX_AT_ONCE = 2;
const PROBE_MS = 5_000;
const REQUEST_MS = 2_500;

/** Kept for reading what was recognised, once something was. */
const KEPT_FOR_READING = 3;
/** So many rivals are read to tell them apart. */
const MAX_READ = 3;

export interface ProbeInput {
  /** As it was pasted; empty when only the key is known. http to another computer is refused unless `allowPlainHttp`. */
  readonly baseUrl: string;
  readonly allowPlainHttp?: boolean;
  readonly key: string;
  /** What the file with the key says besides it. */
  readonly facts?: Readonly<Record<string, string>>;
}

export interface ProbePorts {
  readonly http: HttpTransport;
  readonly clock: Pick<Clock, "now">;
  /** Hears of bugs; their text may quote anything. */
  readonly onCrash?: (kind: string, error: unknown) => void;
  /** The service at a host that is known to tell no quota; null for all others. */
  readonly serviceWithoutEndpoint?: (hostname: string) => string | null;
}

/**
 * Finds out which kind of gateway or provider answers at an address, and what it tells for the key. Asks with GETs only, at most 12
 * and for at most 5 s, reading included, and sends the key to the origin of the address and nowhere else. Never rejects; nothing
 * in the result holds the key.
 */
export async function probe(
  input: ProbeInput,
  ports: ProbePorts,
  candidates: readonly RegisteredSource[] = registry,
): Promise<ProbeResult> {
  const { key } = input;
  if (input.baseUrl.trim() === "") return byKeyAlone(kindsOfKey(candidates, key));
  const address = parseBaseUrl(input.baseUrl, { allowPlainHttp: input.allowPlainHttp ?? false });
  if (!address.ok) return nothing("address-needed", address.problem);
  const url = withoutInferenceRoute(address.url);
  const { hostname } = new URL(url);

  const known = candidates.filter((source) => isKnownHost(source, hostname));
  if (known.length === 0) {
    const service = ports.serviceWithoutEndpoint?.(hostname) ?? null;
    if (service !== null) return nothing("no-endpoint", service);
  }

  const started = ports.clock.now();
  const http = boundedTransport(ports.http, ports.clock, {
    requests: MAX_REQUESTS,
    atOnce: MAX_AT_ONCE,
    endsAt: started + PROBE_MS,
    requestMs: REQUEST_MS,
  });
  const context: ProbeContext = {
    http,
    key,
    facts: input.facts ?? {},
    now: started,
    timeoutMs: PROBE_MS,
    onCrash: ports.onCrash ?? (() => undefined),
  };
  if (known.length > 0) {
    return byHost(kindsForKey(known, key), url, http, context);
  }
  return byAnswers(candidates, url, http, context);
}

/** The beginning of the key says whose it is; where that lives is for the user to agree to. */
function byKeyAlone(kinds: readonly RegisteredSource[]): ProbeResult {
  const proposed = kinds.flatMap((source) =>
    source.defaultBaseUrl === null ? [] : [unread(source, source.defaultBaseUrl, "key", { otherAddress: true }, "")],
  );
  if (proposed.length === 0) return nothing("address-needed", null);
  const reason = { code: "known-by-key" as const, detail: null };
  return { outcome: "needs-other-address", reason, candidates: proposed, trace: [] };
}

/** The host is the service's own, so nothing is guessed; only where it tells quotas elsewhere is nothing sent. */
async function byHost(
  kinds: readonly RegisteredSource[],
  url: string,
  http: BoundedTransport,
  context: ProbeContext,
): Promise<ProbeResult> {
  const given = new URL(url);
  const found: ProbeCandidate[] = [];
  for (const source of kinds) {
    const elsewhere = homeInstead(source, given);
    if (elsewhere !== null) {
      found.push(unread(source, elsewhere, "host", { otherAddress: true }, context.key));
      continue;
    }
    const baseUrl = withoutApiPath(url, source.apiPaths ?? []);
    const told = await recognizeAt(source, baseUrl, context);
    // Of several kinds at one host the key has to tell which it belongs to.
    const likelihood = kinds.length === 1 ? "certain" : (told?.likelihood ?? "likely");
    const candidate = unread(source, baseUrl, "host", { ...told, likelihood }, context.key);
    found.push(await withReading(candidate, source, context));
  }
  return endingOf(found, http);
}

async function recognizeAt(source: RegisteredSource, baseUrl: string, context: ProbeContext) {
  const fingerprint = await loadFingerprint(source, context);
  const path = fingerprint?.path(baseUrl) ?? null;
  if (fingerprint === null || path === null) return null;
  const { answer } = await ask({ source, fingerprint, baseUrl, path }, context);
  return answer === null ? null : fingerprint.recognize(answer);
}

/** The fingerprint of a kind, so guarded that a mistake in it makes that kind unknown and no other. */
async function loadFingerprint(source: RegisteredSource, { onCrash }: ProbeContext): Promise<Fingerprint | null> {
  const guarded = <T>(act: () => T): T | null => {
    try {
      return act();
    } catch (error) {
      onCrash(source.id, error);
      return null;
    }
  };
  try {
    const fingerprint = await source.recognition?.load?.();
    if (fingerprint === undefined) return null;
    return {
      ...fingerprint,
      path: (baseUrl) => guarded(() => fingerprint.path(baseUrl)),
      recognize: (answer) => guarded(() => fingerprint.recognize(answer)),
    };
  } catch (error) {
    onCrash(source.id, error);
    return null;
  }
}

interface Hit {
  readonly attempt: Attempt;
  readonly recognized: Recognized;
}

/** Nothing is known but the address and the key: asks kind after kind until one is certain. */
async function byAnswers(
  candidates: readonly RegisteredSource[],
  url: string,
  http: BoundedTransport,
  context: ProbeContext,
): Promise<ProbeResult> {
  const kinds = await Promise.all(
    candidates.map(async (source): Promise<Guessable[]> => {
      const fingerprint = await loadFingerprint(source, context);
      return fingerprint === null ? [] : [{ source, fingerprint }];
    }),
  );
  const guessing = guess(planAttempts(kinds.flat(), url, context.key), http, context);
  const hits = await guessing.hits;
  const certain = hits.filter(({ recognized }) => recognized.likelihood === "certain");
  const worthReading = certain.length > 0 ? certain : hits;
  const found: ProbeCandidate[] = [];
  for (const [index, { attempt, recognized }] of worthReading.entries()) {
    const candidate = unread(attempt.source, attempt.baseUrl, "answer", recognized, context.key);
    found.push(index < MAX_READ ? await withReading(candidate, attempt.source, context) : candidate);
  }
  await guessing.end();
  return endingOf(found, http);
}

interface Guessing {
  /** What was recognised when something was certain, nothing could be reached, or the plan or the bounds came to their end. */
  readonly hits: Promise<readonly Hit[]>;
  /** Calls off what is still under way. */
  end(): Promise<void>;
}

/** Works through the plan, two requests at a time. */
function guess(plan: readonly AttemptGroup[], http: BoundedTransport, context: ProbeContext): Guessing {
  const hits: Hit[] = [];
  const controller = new AbortController();
  const waiting = [...plan];
  let done = false;
  const worker = async (settle: () => void): Promise<void> => {
    while (!done && http.left() > (hits.some(needsReading) ? KEPT_FOR_READING : 0)) {
      const group = waiting.shift();
      if (group === undefined) break;
      const { answer, failure } = await ask(group[0], context, controller.signal);
      if (done) break;
      for (const attempt of answer === null ? [] : group) {
        const recognized = answer === null ? null : attempt.fingerprint.recognize(answer);
        if (recognized !== null) hits.push({ attempt, recognized });
      }
      // What cannot be reached is not reached by another path; one reset connection alone may be a firewall's word on one path.
      const isDown = failure?.cause === "unreachable" || failure?.cause === "tls-untrusted";
      const unreached = isDown && http.trace.length >= MAX_AT_ONCE && http.trace.every(({ status }) => status === null);
      if (unreached || hits.some(({ recognized }) => recognized.likelihood === "certain")) {
        done = true;
        settle();
      }
    }
  };
  // A request that another worker began is not waited for: the reading may need its answer, or it is called off afterwards.
  const settled = Promise.withResolvers<void>();
  const workers = Promise.all(Array.from({ length: MAX_AT_ONCE }, () => worker(settled.resolve)));
  return {
    hits: Promise.race([settled.promise, workers]).then(() => hits),
    async end() {
      controller.abort();
      await workers;
    },
  };
}

/** What fits every address is read from the very answer by which it was known, so nothing need be kept for it. */
function needsReading({ attempt }: Hit): boolean {
  return attempt.source.recognition?.lastResort !== true;
}

/** Reads what the candidate tells, unless the key was refused or the probe may ask no more. */
async function withReading(
  candidate: ProbeCandidate,
  source: RegisteredSource,
  context: ProbeContext,
): Promise<ProbeCandidate> {
  if (candidate.keyRefused) return candidate;
  const { reading, failure } = await readOnce(source, candidate.baseUrl, candidate.options, context);
  // Cut short by the bounds of the probe, which are narrower than those of a poll, it says nothing about the service.
  if (failure?.cause === "timed-out" && failure.status === null) return candidate;
  return { ...candidate, reading, failure, keyRefused: failure?.cause === "key-refused" };
}

function unread(
  source: RegisteredSource,
  baseUrl: string,
  knownBy: ProbeCandidate["knownBy"],
  told: Partial<Recognized> & { readonly otherAddress?: boolean },
  key: string,
): ProbeCandidate {
  const clean = (text: string) => cleanText(key === "" ? text : text.replaceAll(key, "…"), 40);
  const version = told.version ?? null;
  return {
    kind: source.id,
    kindName: source.name,
    likelihood: told.likelihood ?? "certain",
    knownBy,
    version: version === null ? null : clean(version) || null,
    keyRefused: told.keyRefused ?? false,
    baseUrl,
    otherAddress: told.otherAddress ?? false,
    options: { ...told.options },
    reading: null,
    failure: null,
  };
}

function nothing(code: ProbeResult["reason"]["code"], detail: string | null): ProbeResult {
  return { outcome: "nothing", reason: { code, detail }, candidates: [], trace: [] };
}
