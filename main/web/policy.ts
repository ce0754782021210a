/** What the policy looks at: the parts of a request that its sender cannot choose freely in a browser. */
export interface RequestFacts {
  readonly method: string;
  /** The request target as it came, with its query. */
  readonly target: string;
  /** Every Host header that was sent; a proper request has one. */
  readonly hosts: readonly string[];
  readonly origin: string | null;
  /** Fetch metadata, null where the client sends none (old browsers, curl). */
  readonly fetchSite: string | null;
  readonly fetchMode: string | null;
  readonly fetchDest: string | null;
  /** The request asks to become a WebSocket. */
  readonly upgrade: boolean;
}

/** Where an allowed request goes. `path` of a file has no query. */
export type Route =
  | { readonly to: "file"; readonly path: string }
  | { readonly to: "session-check" }
  | { readonly to: "session-exchange" }
  | { readonly to: "socket" };

/** Why a request was refused: a name for the log, and for people who meet it. */
export type Refusal =
  | "wrong-host"
  | "other-site"
  | "wrong-origin"
  | "no-origin"
  | "method-not-allowed"
  | "bad-target"
  | "not-a-socket";

export type Verdict =
  | { readonly allowed: true; readonly route: Route }
  | { readonly allowed: false; readonly status: number; readonly refusal: Refusal; readonly allow: string | null };

/** The hosts that are us. A browser leaves the port out when it is the scheme's own. */
export function ownHosts(port: number): readonly string[] {
  return port === 80 ? ["127.0.0.1", "localhost"] : [`127.0.0.1:${port}`, `localhost:${port}`];
}

const SESSION_PATH = "/session";
const SOCKET_PATH = "/socket";

/**
 * Judges a request before anything else looks at it.
 *
 * - A Host that is not ours means that some other name was pointed at 127.0.0.1 (DNS rebinding).
 * - Another site's page, also one on another port of this computer, may bring the user here by a link, but may not
 *   fetch, embed, post or open a socket.
 * - An Origin, where there is one, has to be ours. Browsers always send it with POST and with WebSockets, so there it
 *   has to be present.
 */
export function judgeRequest(facts: RequestFacts, port: number): Verdict {
  const hosts = ownHosts(port);
  const [host, ...moreHosts] = facts.hosts;
  if (host === undefined || moreHosts.length > 0 || !hosts.includes(host)) return refuse(421, "wrong-host");
  if (!facts.target.startsWith("/")) return refuse(400, "bad-target");
  if (!fromHere(facts.fetchSite) && !isNavigation(facts)) return refuse(403, "other-site");
  if (facts.origin !== null && !hosts.some((own) => facts.origin === `http://${own}`)) {
    return refuse(403, "wrong-origin");
  }

  const path = facts.target.split("?", 1)[0] ?? "/";
  if (facts.upgrade !== (path === SOCKET_PATH)) return refuse(facts.upgrade ? 404 : 426, "not-a-socket");
  if (path === SOCKET_PATH) {
    if (facts.method !== "GET") return refuse(405, "method-not-allowed", "GET");
    return facts.origin === null ? refuse(403, "no-origin") : allow({ to: "socket" });
  }
  switch (facts.method) {
    case "GET":
    case "HEAD":
      return allow(path === SESSION_PATH ? { to: "session-check" } : { to: "file", path });
    case "POST":
      if (path !== SESSION_PATH) return refuse(405, "method-not-allowed", "GET, HEAD");
      return facts.origin === null ? refuse(403, "no-origin") : allow({ to: "session-exchange" });
    default:
      return refuse(405, "method-not-allowed", path === SESSION_PATH ? "GET, HEAD, POST" : "GET, HEAD");
  }
}

/** Sent by our own page, typed by the user, or by a client that says nothing (no browser of today). */
function fromHere(fetchSite: string | null): boolean {
  return fetchSite === null || fetchSite === "same-origin" || fetchSite === "none";
}

/** A link that was followed in a tab of its own (a web terminal showing our address): carries nothing back to its page. */
function isNavigation({ method, fetchMode, fetchDest, upgrade }: RequestFacts): boolean {
  return method === "GET" && fetchMode === "navigate" && fetchDest === "document" && !upgrade;
}

function allow(route: Route): Verdict {
  return { allowed: true, route };
}

function refuse(status: number, refusal: Refusal, allowed: string | null = null): Verdict {
  return { allowed: false, status, refusal, allow: allowed };
}
