export type BaseUrlProblem =
  | "empty"
  | "no-scheme"
  | "not-a-url"
  | "scheme-not-http"
  | "has-user"
  | "has-query"
  | "no-host"
  | "plain-http";

/** What is wrong with an address, one clause each, without the address itself. */
export const ADDRESS_PROBLEMS: Readonly<Record<BaseUrlProblem, string>> = {
  empty: "it is empty",
  "no-scheme": "it has no scheme such as https://",
  "not-a-url": "it cannot be read",
  "scheme-not-http": "its scheme is neither https nor http",
  "has-user": "it holds a user name or password",
  "has-query": "it holds a query or fragment",
  "no-host": "it names no host",
  "plain-http": "plain http to another computer was not allowed",
};

export type BaseUrlResult =
  | { readonly ok: true; readonly url: string; readonly origin: string }
  | { readonly ok: false; readonly problem: BaseUrlProblem };

/**
 * Judges and normalizes the address of a gateway: http or https, no user part, no query or fragment, no trailing slash.
 * Plain http is accepted towards this computer, and elsewhere only with `allowPlainHttp`.
 */
export function parseBaseUrl(input: string, options: { allowPlainHttp: boolean }): BaseUrlResult {
  const text = input.trim();
  if (text === "") return { ok: false, problem: "empty" };
  // "host:8080/x" parses as scheme "host:", so a scheme is asked for by its slashes.
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text)) return { ok: false, problem: "no-scheme" };
  if (!URL.canParse(text)) return { ok: false, problem: "not-a-url" };
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return { ok: false, problem: /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? "scheme-not-http" : schemeProblem(url) };
  }
  if (!/^https?:\/\//i.test(text)) return { ok: false, problem: "not-a-url" };
  if (url.username !== "" || url.password !== "") return { ok: false, problem: "has-user" };
  if (url.search !== "" || url.hash !== "") return { ok: false, problem: "has-query" };
  if (url.hostname === "") return { ok: false, problem: "no-host" };
  if (url.protocol === "http:" && !isLoopback(url.hostname) && !options.allowPlainHttp) {
    return { ok: false, problem: "plain-http" };
  }
  return { ok: true, url: url.origin + url.pathname.replace(/\/+$/, ""), origin: url.origin };
}

/**
 * An address that parseBaseUrl took, without the end that belongs to the inference API: people paste "…/v1" because their tools
 * want it, while quotas are told beside it. The longest of `apiPaths` that fits goes, once.
 */
export function withoutApiPath(url: string, apiPaths: readonly string[]): string {
  const { pathname } = new URL(url);
  const end = [...apiPaths].sort((a, b) => b.length - a.length).find((path) => pathname.endsWith(path));
  return end === undefined ? url : url.slice(0, -end.length).replace(/\/+$/, "");
}

/** "file:/x" and "javascript:…" are schemes that we refuse; "localhost:4000" is an address without one. */
function schemeProblem(url: URL): BaseUrlProblem {
  return ["file:", "javascript:", "data:", "ftp:", "ws:", "wss:", "mailto:"].includes(url.protocol)
    ? "scheme-not-http"
    : "no-scheme";
}

/** True for names and addresses that never leave this computer. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    name === "[::1]" ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
  );
}
