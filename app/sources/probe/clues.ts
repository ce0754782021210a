import { withoutApiPath } from "../../settings/base-url.ts";
import type { RegisteredSource } from "../source.ts";

type Home = Pick<RegisteredSource, "defaultBaseUrl" | "otherBaseUrls">;

/** Whether a host name fits a pattern: itself, or "*.example.com" for every name that ends so. */
export function hostFits(pattern: string, hostname: string): boolean {
  const wanted = pattern.toLowerCase();
  const name = hostname.toLowerCase();
  return wanted.startsWith("*") ? name.endsWith(wanted.slice(1)) && name.length >= wanted.length : name === wanted;
}

/** Whether the host alone says that it is this kind: by its recognition, or because the kind lives there. */
export function isKnownHost(source: Home & Pick<RegisteredSource, "recognition">, hostname: string): boolean {
  const patterns = source.recognition?.hosts ?? [];
  return (
    patterns.some((pattern) => hostFits(pattern, hostname)) ||
    homes(source).some((url) => new URL(url).hostname === hostname.toLowerCase())
  );
}

/**
 * Where a kind is asked when its host was given: null for the given address itself; else the home that is nearest to it by name.
 * A pattern with a star stands for places of the service's own (regions, tenants), an exact name may only serve inference.
 */
export function homeInstead(
  source: Home & Pick<RegisteredSource, "recognition">,
  { origin, hostname }: { readonly origin: string; readonly hostname: string },
): string | null {
  const places = homes(source);
  if (source.defaultBaseUrl === null || places.some((place) => new URL(place).origin === origin)) return null;
  const patterns = source.recognition?.hosts ?? [];
  if (patterns.some((pattern) => pattern.startsWith("*") && hostFits(pattern, hostname))) return null;
  const [nearest] = places.toSorted((a, b) => sharedLabels(b, hostname) - sharedLabels(a, hostname));
  return nearest ?? source.defaultBaseUrl;
}

/** How many labels two host names have in common, from the end: 2 for "api.example.com" and "example.com". */
function sharedLabels(place: string, hostname: string): number {
  const own = new URL(place).hostname.split(".").reverse();
  const given = hostname.split(".").reverse();
  const differs = own.findIndex((label, index) => label !== given[index]);
  return differs === -1 ? own.length : differs;
}

/** Where a service lives; none for what may run anywhere. */
export function homes({ defaultBaseUrl, otherBaseUrls = [] }: Home): string[] {
  return [...(defaultBaseUrl === null ? [] : [defaultBaseUrl]), ...otherBaseUrls];
}

/** Length of the longest beginning of a key that this kind alone gives out and this key has; 0 when it has none. */
export function keyPrefixLength({ recognition }: Pick<RegisteredSource, "recognition">, key: string): number {
  const lengths = (recognition?.keyPrefixes ?? [])
    .filter((prefix) => key.startsWith(prefix))
    .map(({ length }) => length);
  return Math.max(0, ...lengths);
}

/** Those of the kinds that the key's beginning points to; none when it says nothing. */
export function kindsOfKey(sources: readonly RegisteredSource[], key: string): RegisteredSource[] {
  const best = Math.max(0, ...sources.map((source) => keyPrefixLength(source, key)));
  return best === 0 ? [] : sources.filter((source) => keyPrefixLength(source, key) === best);
}

/** Those of several kinds that this key may belong to: the ones that its beginning points to, else those that give out any. */
export function kindsForKey(sources: readonly RegisteredSource[], key: string): readonly RegisteredSource[] {
  const pointed = kindsOfKey(sources, key);
  if (pointed.length > 0) return pointed;
  const open = sources.filter(({ recognition }) => (recognition?.keyPrefixes ?? []).length === 0);
  return open.length > 0 ? open : sources;
}

/** Routes of inference that every such API ends in: what is pasted from a tool's log or a curl command. */
const INFERENCE_ROUTES = [
  "/chat/completions",
  "/completions",
  "/responses",
  "/messages",
  "/embeddings",
  "/images/generations",
  "/models",
];

/** An address that parseBaseUrl took, without the inference route or the way to one page of its interface at its end. */
export function withoutInferenceRoute(url: string): string {
  const { origin, pathname } = new URL(url);
  return withoutApiPath(origin + pathname.replace(/(\/ui)\/.*$/, "$1").replace(/\/$/, ""), INFERENCE_ROUTES);
}

/** Ends of addresses that many APIs share, so that they say nothing of the kind. */
const COMMON_ENDS: ReadonlySet<string> = new Set(["/v1", "/api", ...INFERENCE_ROUTES.map((route) => `/v1${route}`)]);

/** Whether the address ends as this kind's API does, and as few others do. */
export function hasOwnEnd({ apiPaths = [] }: Pick<RegisteredSource, "apiPaths">, url: string): boolean {
  const { pathname } = new URL(url);
  return apiPaths.some((path) => !COMMON_ENDS.has(path) && pathname.endsWith(path));
}
