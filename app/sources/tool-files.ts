import type { CredentialReferences, FileReference } from "../ports.ts";
import { isLoopback } from "../settings/base-url.ts";
import { fillPattern, matchPattern, namesAround, sharedDepth } from "../settings/json-pointer.ts";
import type { Credential } from "../settings/schema.ts";
import type { RegisteredSource, ToolFile } from "./source.ts";

export type FilePlace = Pick<Extract<Credential, { type: "file" }>, "path" | "pointer">;

/** A tool that keeps what lies at a place, and the kind of source whose token that is. */
export interface PlaceOwner {
  readonly source: RegisteredSource;
  readonly file: ToolFile;
  /** The one address that the token belongs to; null where it may go to any of the service's own. */
  readonly home: string | null;
}

/**
 * Whose a place in a file is: that of the tools whose token lies there or in the same object (a refresh token lies beside its
 * access token). Of several, those that are closest. Empty for files that no tool keeps, and for places that are the user's own
 * in one that does. Paths are compared by the file they mean, so that no other way to it makes it another.
 */
export async function ownersOf(
  place: FilePlace,
  sources: readonly RegisteredSource[],
  locate: CredentialReferences["locate"],
): Promise<readonly PlaceOwner[]> {
  const located = await locate(place.path);
  if (located === null) return [];
  const candidates = sources.flatMap((source) => (source.known?.files ?? []).map((file) => ({ source, file })));
  const paths = new Set(candidates.flatMap(({ file }) => file.paths));
  const same = new Set<string>();
  for (const path of paths) if ((await locate(path)) === located) same.add(path);
  const ranked = candidates
    .filter(({ file }) => file.paths.some((path) => same.has(path)))
    .flatMap((owner) => {
      const depth = closeness(owner.file.pointer, place.pointer);
      return depth === null ? [] : [{ owner: { ...owner, home: homeOfPlace(owner.file, place.pointer) }, depth }];
    });
  const closest = Math.max(...ranked.map(({ depth }) => depth));
  return ranked.filter(({ depth }) => depth === closest).map(({ owner }) => owner);
}

/** The place itself before its surroundings, the nearest of these before those further out. */
function closeness(pattern: string, pointer: string): number | null {
  return matchPattern(pattern, pointer) === null ? sharedDepth(pattern, pointer) : Number.MAX_SAFE_INTEGER;
}

/** Whether what owners keep at a place may go to an origin: to their services' own, or to one that has no place of its own. */
export function maySendTo(owners: readonly PlaceOwner[], origin: string): boolean {
  const bound = owners.filter(({ source }) => source.defaultBaseUrl !== null);
  return (
    bound.length === 0 ||
    bound.some(({ source, home }) => isHomeOf(home === null ? source : { defaultBaseUrl: home }, origin))
  );
}

/** No address has this name (RFC 2606), so that nothing may go there. */
export const NOWHERE = "https://nowhere.invalid";

/** The one address that what lies at a place of a tool's file belongs to; null where the service's own decide. */
export function homeOfPlace({ home, pointer: pattern }: ToolFile, pointer: string): string | null {
  if (home === undefined || !home.includes("*")) return home ?? null;
  const [member = ""] = matchPattern(pattern, pointer) ?? namesAround(pattern, pointer) ?? [];
  const [host = ""] = member.split(":");
  return /^[a-z\d-]+(\.[a-z\d-]+)+$/i.test(host) ? home.replace("*", host.toLowerCase()) : NOWHERE;
}

/** Whether an origin is the service's own. This computer counts, too: what listens here could read the file by itself. */
export function isHomeOf(
  { defaultBaseUrl, otherBaseUrls = [] }: Pick<RegisteredSource, "defaultBaseUrl" | "otherBaseUrls">,
  origin: string,
): boolean {
  if (isLoopback(new URL(origin).hostname)) return true;
  return [defaultBaseUrl, ...otherBaseUrls].some((url) => url !== null && new URL(url).origin === origin);
}

/** What to read at a place of a tool's file: its facts and expiry are those of the member that the place is in. */
export function toolFileReference(place: FilePlace, file: ToolFile | undefined): FileReference {
  const names = file === undefined ? [] : (matchPattern(file.pointer, place.pointer) ?? []);
  const facts = Object.entries(file?.facts ?? {}).map(
    ([name, pattern]) => [name, fillPattern(pattern, names)] as const,
  );
  return {
    path: place.path,
    pointer: place.pointer,
    facts: Object.fromEntries(facts),
    expires:
      file?.expires === undefined
        ? null
        : { pointer: fillPattern(file.expires.pointer, names), unit: file.expires.unit },
  };
}
