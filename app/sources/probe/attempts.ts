import { withoutApiPath } from "../../settings/base-url.ts";
import type { RegisteredSource } from "../source.ts";
import { hasOwnEnd, keyPrefixLength } from "./clues.ts";
import type { Fingerprint } from "./fingerprint.ts";

/** A kind and how it is known. */
export interface Guessable {
  readonly source: RegisteredSource;
  readonly fingerprint: Fingerprint;
}

/** One kind at one address. */
export interface Attempt extends Guessable {
  readonly baseUrl: string;
  readonly path: string;
}

/** Attempts that one request answers. The first of them asks. */
export type AttemptGroup = readonly [Attempt, ...Attempt[]];

/**
 * How likely a kind is before anything is asked; lower comes first. There are more kinds than requests, so the order decides
 * which of them can be known at all: what clues point to, then what runs anywhere, then what has one home and would have to be
 * relayed, then the kind that fits everything. Kinds whose keys all begin in another way come after that, since they can hardly
 * be it; providers last, since their hosts tell them.
 */
const TIERS = [
  "key-prefix",
  "address-names-it",
  "own-end",
  "anywhere",
  "anywhere-at-the-root",
  "one-home",
  "last-resort",
  "other-keys-anywhere",
  "other-keys-one-home",
  "provider",
] as const;
type Tier = (typeof TIERS)[number];

/**
 * What to ask, best first, each request once. `url` is the given address without an inference route; the order within a tier is
 * that of the registry.
 */
export function planAttempts(kinds: readonly Guessable[], url: string, key: string): AttemptGroup[] {
  const placed = kinds.flatMap((kind) => attemptsOf(kind, url, key));
  const sorted = TIERS.flatMap((tier) => placed.filter((attempt) => attempt.tier === tier));
  const groups = new Map<string, [Attempt, ...Attempt[]]>();
  for (const { attempt } of sorted) {
    const asked = requestKey(attempt);
    const group = groups.get(asked);
    if (group === undefined) groups.set(asked, [attempt]);
    // The same kind reached by two ways is still one kind.
    else if (!group.some(({ source }) => source.id === attempt.source.id)) group.push(attempt);
  }
  return [...groups.values()];
}

interface Placed {
  readonly tier: Tier;
  readonly attempt: Attempt;
}

function attemptsOf(kind: Guessable, url: string, key: string): Placed[] {
  const { origin } = new URL(url);
  const baseUrl = withoutApiPath(url, kind.source.apiPaths ?? []);
  const tier = tierOf(kind, url, baseUrl, key);
  const at = (base: string, place: Tier): Placed[] => {
    const path = kind.fingerprint.path(base);
    return path === null ? [] : [{ tier: place, attempt: { ...kind, baseUrl: base, path } }];
  };
  // People paste the page of a gateway ("…/ui") or its inference API ("…/v1"), while it tells quotas at the root.
  const again = tier === "anywhere" && baseUrl !== origin ? at(origin, "anywhere-at-the-root") : [];
  return [...at(baseUrl, tier), ...again];
}

function tierOf({ source, fingerprint }: Guessable, url: string, baseUrl: string, key: string): Tier {
  const anywhere = source.defaultBaseUrl === null;
  if (keyPrefixLength(source, key) > 0) return "key-prefix";
  if (fingerprint.path(new URL(url).origin) === null && fingerprint.path(baseUrl) !== null) return "address-names-it";
  if (source.recognition?.lastResort === true) return "last-resort";
  if (hasOwnEnd(source, url)) return "own-end";
  if ((source.recognition?.keyPrefixes ?? []).length > 0) {
    return anywhere ? "other-keys-anywhere" : "other-keys-one-home";
  }
  if (source.group === "provider") return "provider";
  return anywhere ? "anywhere" : "one-home";
}

/** Equal for two attempts exactly when they send the same request. */
function requestKey({ source, fingerprint, baseUrl, path }: Attempt): string {
  const { headers = {}, query = {}, secrets = [source.auth] } = fingerprint.request ?? {};
  const named = (record: Readonly<Record<string, unknown>>) =>
    Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]);
  const placed = secrets.map(({ header, prefix, secret = "" }) => [header.toLowerCase(), prefix, secret]);
  return JSON.stringify([baseUrl + path, named(headers).sort(), named(query).sort(), placed.sort()]);
}
