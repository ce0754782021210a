import type { Credential, SourceConfig } from "../settings/schema.ts";

/** What a poll needs to know of a source; a draft under test has no id in the vault yet. */
export interface PollTarget {
  readonly id: string;
  /** Where the vault keeps its key; further secrets lie below the source's id. */
  readonly vaultId: string;
  readonly kind: string;
  readonly baseUrl: string;
  /** The user's yes to plain http towards another computer. */
  readonly allowPlainHttp: boolean;
  readonly options: unknown;
  readonly key: GivenOr<Credential>;
  /** Further secrets by name. */
  readonly secrets: Readonly<Record<string, GivenOr<Credential>>>;
}

type GivenOr<T> = T | { readonly type: "given"; readonly secret: string };

/** Secrets that are at hand, because they were just typed in: the key, others by name, and the keys of spare addresses by origin. */
export interface GivenSecrets {
  readonly key: string | null;
  readonly others: Readonly<Record<string, string>>;
  readonly spares: Readonly<Record<string, string>>;
}

export const NOTHING_GIVEN: GivenSecrets = { key: null, others: {}, spares: {} };

/** What is polled for a configured source: with the secrets that its settings name, or with those that are at hand. */
export function pollTarget(config: SourceConfig, given: GivenSecrets): PollTarget {
  const { id, kind, baseUrl, allowPlainHttp, options, credential } = config;
  const orGiven = (saved: Credential, secret: string | null | undefined): GivenOr<Credential> =>
    secret === null || secret === undefined ? saved : { type: "given", secret };
  const others = new Map(Object.entries(given.others));
  return {
    id,
    vaultId: id,
    kind,
    baseUrl,
    allowPlainHttp,
    options,
    key: orGiven(credential, given.key),
    secrets: Object.fromEntries(
      Object.entries(config.secrets).map(([name, saved]) => [name, orGiven(saved, others.get(name))]),
    ),
  };
}

/**
 * What is polled at a spare address of a source. Its key is that of the source where both have one origin; a spare on another
 * origin has one of its own, and is never sent the source's.
 */
export function spareTarget(config: SourceConfig, spareUrl: string): PollTarget {
  const main = pollTarget(config, NOTHING_GIVEN);
  const origin = originOf(spareUrl);
  if (origin === originOf(config.baseUrl)) return { ...main, baseUrl: spareUrl };
  const credential = new Map(Object.entries(config.spareCredentials)).get(origin);
  return {
    ...main,
    baseUrl: spareUrl,
    vaultId: spareSecretId(config.id, origin),
    key: credential ?? { type: "vault", origin },
    // Further secrets are bound to the source's own origin.
    secrets: {},
  };
}

/** What requests to one server have in common. An address that cannot be read has its poll to say so. */
export function originOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).origin : baseUrl;
}

/** Under which id the vault keeps a further secret of a source. */
export function secretId(sourceId: string, name: string): string {
  return `${sourceId}/${name}`;
}

/** Under which id the vault keeps the key for a spare address on another origin. */
export function spareSecretId(sourceId: string, origin: string): string {
  return `${sourceId}@${origin}`;
}

/** Everything that the vault keeps for a source. */
export function vaultIds({ id, credential, secrets, spareCredentials }: SourceConfig): string[] {
  const others = Object.entries(secrets).flatMap(([name, { type }]) => (type === "vault" ? [secretId(id, name)] : []));
  const spares = Object.entries(spareCredentials).flatMap(([origin, { type }]) =>
    type === "vault" ? [spareSecretId(id, origin)] : [],
  );
  return [...(credential.type === "vault" ? [id] : []), ...others, ...spares];
}
