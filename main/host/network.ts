/// <reference path="./undici-parts.d.ts" />
import { setMaxListeners } from "node:events";
import type { SecureContext } from "node:tls";
import type { Dispatcher } from "undici";
import { isLoopback } from "../../app/settings/base-url.ts";
import { type ProxyEnvironment, readProxyEnvironment } from "./proxy-environment.ts";
import { loadTrustedCertificates } from "./trust.ts";

/** One HTTP request on the wire: the answer's head, and its body still to be read. */
export interface Network {
  request(
    url: URL,
    options: {
      method: "GET" | "HEAD" | "POST";
      headers: Readonly<Record<string, string>>;
      body?: string;
      signal: AbortSignal;
    },
  ): Promise<Dispatcher.ResponseData>;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

export interface NetworkOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Certificate authorities in PEM; asked for when the first https address is met. */
  readonly trust?: () => Promise<readonly string[]>;
}

/** The proxy that the environment names cannot be used; the message says which part of it. */
export class ProxyAddressError extends Error {
  override readonly name = "ProxyAddressError";
}

/** Larger heads are refused: a quota route answers with a few hundred bytes of headers. */
const MAX_HEADER_BYTES = 16 * 1024;

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Connections that are kept alive between requests, made when first needed: one pool for http, and one for https, since reading
 * what the system trusts takes time that a loopback gateway should not cost.
 *
 * Addresses of this computer never go through a proxy, whatever NO_PROXY says: the proxy would look for them on itself. All others
 * follow HTTP_PROXY, HTTPS_PROXY and NO_PROXY.
 */
export function createNetwork({ env, trust = loadTrustedCertificates }: NetworkOptions): Network {
  const dispatchers = new Map<string, Promise<Dispatcher>>();
  let secureContext: Promise<SecureContext> | undefined;

  // A connection that is still being made belongs to no dispatcher yet and would outlive it by its whole time-out.
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);

  const open = async (url: URL, proxies: ProxyEnvironment | null): Promise<Dispatcher> => {
    const connection: Connection = { timeout: CONNECT_TIMEOUT_MS, signal: closing.signal };
    // A proxy may be https itself; then it is judged by the same certificates.
    if (url.protocol === "https:" || proxies?.http.startsWith("https:") === true) {
      secureContext ??= createTrustedContext(trust);
      connection.secureContext = await secureContext;
    }
    return proxies === null ? openDirect(connection) : openProxied(proxies, connection);
  };
  // Looked up once: an import costs something each time.
  let requesting: Promise<typeof import("undici/lib/api/api-request.js")> | null = null;

  const dispatcherFor = (url: URL): Promise<Dispatcher> => {
    const proxies = readProxyEnvironment(env);
    const proxied = !isLoopback(url.hostname) && (url.protocol === "https:" ? proxies.https : proxies.http) !== "";
    const key = `${url.protocol}${proxied ? "proxy" : "direct"}`;
    let dispatcher = dispatchers.get(key);
    if (dispatcher === undefined) {
      dispatcher = open(url, proxied ? proxies : null);
      dispatchers.set(key, dispatcher);
      // What could not be opened is tried anew next time.
      dispatcher.catch(() => dispatchers.delete(key));
    }
    return dispatcher;
  };

  return {
    async request(url, { method, headers, body, signal }) {
      requesting ??= import("undici/lib/api/api-request.js");
      const [dispatcher, { default: request }] = await Promise.all([dispatcherFor(url), requesting]);
      return request.call(dispatcher, {
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers: { ...headers },
        ...(body !== undefined && { body }),
        signal,
        // The caller's deadline covers both.
        headersTimeout: 0,
        bodyTimeout: 0,
      });
    },
    async close() {
      closing.abort();
      await Promise.allSettled([...dispatchers.values()].map(async (dispatcher) => (await dispatcher).destroy()));
    },
  };
}

/** One context for all connections: building it parses some hundred certificates. */
async function createTrustedContext(trust: () => Promise<readonly string[]>): Promise<SecureContext> {
  const { createSecureContext } = await import("node:tls");
  const authorities = await trust();
  // None at all means that no store could be read: then the TLS library's own.
  return createSecureContext(authorities.length === 0 ? {} : { ca: [...authorities] });
}

/** What undici hands on to net.connect and tls.connect for each connection. */
interface Connection {
  readonly timeout: number;
  readonly signal: AbortSignal;
  secureContext?: SecureContext;
}

async function openDirect(connection: Connection): Promise<Dispatcher> {
  const { default: Agent } = await import("undici/lib/dispatcher/agent.js");
  return new Agent({ allowH2: false, maxHeaderSize: MAX_HEADER_BYTES, connect: { ...connection } });
}

async function openProxied(proxies: ProxyEnvironment, connection: Connection): Promise<Dispatcher> {
  for (const address of [proxies.http, proxies.https]) {
    if (address !== "" && !URL.canParse(address)) throw new ProxyAddressError("the proxy's address cannot be read");
  }
  // The whole of undici: tunnels need what its index adds to every dispatcher.
  const { EnvHttpProxyAgent } = await import("undici");
  return new EnvHttpProxyAgent({
    httpProxy: proxies.http,
    httpsProxy: proxies.https,
    noProxy: proxies.noProxy,
    allowH2: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    // For hosts that NO_PROXY names.
    connect: { ...connection },
    requestTls: { ...connection, allowH2: false },
    proxyTls: { ...connection, allowH2: false },
  });
}
