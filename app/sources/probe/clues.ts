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

/** An address that parseBaseUrl took, without the inference route at its end. */
export function withoutInferenceRoute(url: string): string {
  return withoutApiPath(url, INFERENCE_ROUTES);
}

/** Ends of addresses that many APIs share, so that they say nothing of the kind. */
const COMMON_ENDS: ReadonlySet<string> = new Set(["/v1", "/api", ...INFERENCE_ROUTES.map((route) => `/v1${route}`)]);

/** Whether the address ends as this kind's API does, and as few others do. */
export function hasOwnEnd({ apiPaths = [] }: Pick<RegisteredSource, "apiPaths">, url: string): boolean {
  const { pathname } = new URL(url);
  return apiPaths.some((path) => !COMMON_ENDS.has(path) && pathname.endsWith(path));
}
