import type { Credential, SourceConfig } from "../settings/schema.ts";

/** What a poll needs to know of a source; a draft under test has no id in the vault yet. */
export interface PollTarget {
  readonly id: string;
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

/** Secrets that are at hand, because they were just typed in: the key, and others by name. */
export interface GivenSecrets {
  readonly key: string | null;
  readonly others: Readonly<Record<string, string>>;
}

export const NOTHING_GIVEN: GivenSecrets = { key: null, others: {} };

/** What is polled for a configured source: with the secrets that its settings name, or with those that are at hand. */
export function pollTarget(config: SourceConfig, given: GivenSecrets): PollTarget {
  const { id, kind, baseUrl, allowPlainHttp, options, credential } = config;
  const orGiven = (saved: Credential, secret: string | null | undefined): GivenOr<Credential> =>
    secret === null || secret === undefined ? saved : { type: "given", secret };
  const others = new Map(Object.entries(given.others));
  return {
    id,
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

/** Under which id the vault keeps a further secret of a source. */
export function secretId(sourceId: string, name: string): string {
  return `${sourceId}/${name}`;
}

/** Everything that the vault keeps for a source. */
export function vaultIds({ id, credential, secrets }: SourceConfig): string[] {
  const others = Object.entries(secrets).flatMap(([name, { type }]) => (type === "vault" ? [secretId(id, name)] : []));
  return credential.type === "vault" ? [id, ...others] : others;
}
