/** The proxies that the environment names, as every command-line tool reads them. Empty strings: none. */
export interface ProxyEnvironment {
  /** Proxy for http:// addresses. */
  readonly http: string;
  /** Proxy for https:// addresses; without one of its own, the one for http. */
  readonly https: string;
  /** Hosts that are reached directly. */
  readonly noProxy: string;
  readonly variables: readonly ProxyVariable[];
}

export interface ProxyVariable {
  readonly name: string;
  /** For people: without user and password. */
  readonly shown: string;
  /** False for a variable that another one outranks, and for one that cannot be understood. */
  readonly inForce: boolean;
}

/**
 * Reads HTTP_PROXY, HTTPS_PROXY and NO_PROXY; the lower-case name outranks the upper-case one. An address without a scheme
 * ("proxy:3128") is an http one, as curl has it.
 */
export function readProxyEnvironment(env: Readonly<Record<string, string | undefined>>): ProxyEnvironment {
  const variables: ProxyVariable[] = [];
  const pick = (name: string): string => {
    const lower = env[name.toLowerCase()];
    const upper = env[name];
    if (lower !== undefined) variables.push({ name: name.toLowerCase(), ...shown(name, lower), inForce: lower !== "" });
    // On Windows both names are the same variable.
    if (upper !== undefined && !(process.platform === "win32" && lower !== undefined)) {
      variables.push({ name, ...shown(name, upper), inForce: lower === undefined && upper !== "" });
    }
    return (lower ?? upper ?? "").trim();
  };
  const http = withScheme(pick("HTTP_PROXY"));
  const https = withScheme(pick("HTTPS_PROXY"));
  const noProxy = pick("NO_PROXY");
  return { http, https: https === "" ? http : https, noProxy, variables };
}

function withScheme(address: string): string {
  return address === "" || address.includes("://") ? address : `http://${address}`;
}

function shown(name: string, value: string): { shown: string } {
  if (name === "NO_PROXY" || value === "") return { shown: value };
  const address = withScheme(value.trim());
  if (!URL.canParse(address)) return { shown: "(not an address)" };
  const url = new URL(address);
  return { shown: `${url.protocol}//${url.username === "" ? "" : "•••@"}${url.host}` };
}
