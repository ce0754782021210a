import type { HttpRequest, HttpResult, HttpTransport, TransportFailure } from "../../app/ports.ts";
import { AnswerTooLarge, readAnswerBody } from "./answer-body.ts";
import { createNetwork, type Network, type NetworkOptions } from "./network.ts";
import { SHORTEST_SECRET } from "./redactor.ts";
import { classifyTransportError } from "./transport-failure.ts";

export interface Transport extends HttpTransport {
  /** Ends all connections at once, so that the process can end. */
  close(): Promise<void>;
}

const MAX_REDIRECTS = 3;

/**
 * The HTTP transport of every host, on undici. Its deadline covers looking up, connecting, all redirects and the body. It follows
 * redirects by hand and only within the origin: nothing at all is sent elsewhere. Never rejects, and no failure holds a key, a
 * query or a part of a body.
 */
export function createTransport(options: NetworkOptions): Transport {
  const network = createNetwork(options);
  return {
    async send(request) {
      const started = performance.now();
      const progress: Progress = { bytes: 0, status: 0, redirects: 0 };
      const deadline = watch(request);
      try {
        // The race matters while connecting: undici notices an abort only once the connection stands.
        const outcome = await Promise.race([exchange(request, network, deadline.signal, progress), deadline.over]);
        return { ...outcome, ms: performance.now() - started, bytes: progress.bytes, redirects: progress.redirects };
      } catch (error) {
        const failure = deadline.failure() ?? classifyTransportError(error, progress.status);
        const { bytes, redirects } = progress;
        return { ok: false, failure, ms: performance.now() - started, bytes, redirects };
      } finally {
        deadline.stop();
      }
    },
    close: () => network.close(),
  };
}

interface Progress {
  bytes: number;
  status: number;
  redirects: number;
}

type Answer = Omit<Extract<HttpResult, { ok: true }>, "ms" | "bytes" | "redirects">;
type Failed = { readonly ok: false; readonly failure: TransportFailure };

async function exchange(
  request: HttpRequest,
  network: Network,
  signal: AbortSignal,
  progress: Progress,
): Promise<Answer | Failed> {
  const checked = checkRequest(request);
  if ("ok" in checked) return checked;
  let url = checked.url;
  for (let redirects = 0; ; redirects += 1) {
    signal.throwIfAborted();
    progress.redirects = redirects;
    const answer = await network.request(url, {
      method: request.method,
      headers: checked.headers,
      ...(request.body !== undefined && { body: request.body }),
      signal,
    });
    const { body, statusCode: status } = answer;
    // An abort between here and the reading would else be an unhandled error of the stream.
    body.on("error", () => undefined);
    progress.status = status;
    const headers = joinHeaders(answer.headers);
    const location = isRedirect(status) ? headers["location"] : undefined;
    if (location !== undefined) {
      body.destroy();
      const next = followRedirect(location, url, status, redirects, request);
      if (!(next instanceof URL)) return { ok: false, failure: next };
      url = next;
      continue;
    }
    try {
      if (request.method !== "HEAD" && Number(headers["content-length"]) > request.maxBytes) throw new AnswerTooLarge();
      const text = await readAnswerBody(body, {
        encoding: headers["content-encoding"] ?? "",
        maxBytes: request.maxBytes,
        signal,
        onBytes: (count) => {
          progress.bytes += count;
        },
      });
      return { ok: true, status, headers, body: text };
    } finally {
      body.destroy();
    }
  }
}

type Checked = { readonly url: URL; readonly headers: Record<string, string> };

/** Everything that would make a bad request, found before anything is sent; the values themselves are never told. */
function checkRequest(request: HttpRequest): Checked | Failed {
  const malformed = (detail: string): Failed => ({ ok: false, failure: { kind: "malformed", detail } });
  if (!URL.canParse(request.url)) return malformed("the address cannot be read");
  const url = new URL(request.url);
  if (url.protocol !== "http:" && url.protocol !== "https:") return malformed("the address is neither http nor https");
  const headers: Record<string, string> = { "accept-encoding": "identity", "user-agent": "Plimsoll" };
  for (const [name, value] of Object.entries(request.headers)) {
    if (!isHeader(name, value)) return malformed("a header cannot be sent as it is");
    headers[name.toLowerCase()] = value;
  }
  if (request.body !== undefined && request.method !== "POST") return malformed("only a POST has a body");
  for (const secret of request.secretHeaders) {
    if (secret.origin !== url.origin) return malformed("the key belongs to another address");
    if (!isHeader(secret.name, secret.value)) return malformed("the key holds a character that cannot be sent");
    headers[secret.name.toLowerCase()] = secret.value;
  }
  return { url, headers };
}

/** RFC 9110 5.1 and 5.5: a token, and a value of visible characters, spaces and tabs. */
function isHeader(name: string, value: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** Where a redirect leads, when it may be followed. The host of one that may not is told without anything around it. */
function followRedirect(
  location: string,
  from: URL,
  status: number,
  redirects: number,
  request: HttpRequest,
): URL | TransportFailure {
  if (!URL.canParse(location, from.href))
    return { kind: "malformed", detail: "it redirects to an address that cannot be read" };
  const to = new URL(location, from);
  if (to.origin !== from.origin || to.protocol !== from.protocol) {
    // The same host by another scheme is told with its scheme, or it would look as if nothing had changed.
    const host = to.host === "" ? to.protocol : to.hostname === from.hostname ? `${to.protocol}//${to.host}` : to.host;
    // A host name that the gateway made out of our key would carry it onto the screen.
    const parts = request.secretHeaders.flatMap(({ value }) => value.toLowerCase().split(/\s+/));
    const leaks = parts.some((part) => part.length >= SHORTEST_SECRET && host.includes(part));
    return { kind: "redirected-elsewhere", status, host: leaks ? "another host" : host };
  }
  // A browser would make a GET of it, and nobody knows what that then reads.
  if (request.method === "POST" && status !== 307 && status !== 308)
    return { kind: "malformed", detail: "it redirects a POST" };
  if (redirects >= (request.maxRedirects ?? MAX_REDIRECTS))
    return { kind: "malformed", detail: "it redirects too many times" };
  return to;
}

function joinHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const joined: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) joined.push([name.toLowerCase(), Array.isArray(value) ? value.join(", ") : value]);
  }
  return Object.fromEntries(joined);
}

/** Longest delay that a timer of the event loop takes. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The request's deadline and its caller's signal as one. `over` only ever rejects. */
function watch(request: HttpRequest): {
  readonly signal: AbortSignal;
  readonly over: Promise<never>;
  failure(): TransportFailure | null;
  stop(): void;
} {
  const controller = new AbortController();
  let failure: TransportFailure | null = null;
  const end = (kind: "timed-out" | "cancelled"): void => {
    failure ??= { kind };
    controller.abort();
  };
  const cancel = (): void => end("cancelled");
  const over = new Promise<never>((_resolve, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason), { once: true });
  });
  // Nobody may be racing any more when it comes.
  over.catch(() => undefined);
  const timer = setTimeout(() => end("timed-out"), Math.min(Math.max(0, request.timeoutMs), MAX_TIMER_MS));
  if (request.signal?.aborted === true) cancel();
  else request.signal?.addEventListener("abort", cancel, { once: true });
  return {
    signal: controller.signal,
    over,
    failure: () => failure,
    stop() {
      clearTimeout(timer);
      request.signal?.removeEventListener("abort", cancel);
    },
  };
}
