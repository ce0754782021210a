import type { SourceDraft } from "../contract/contract.ts";
import { CallFailure } from "../contract/host.ts";
import type { GivenSecrets } from "../polling/poll-target.ts";
import { ReadError } from "../quota/failure.ts";
import { cleanText } from "../sources/clean-text.ts";
import { findSource } from "../sources/registry.ts";
import { acceptKey } from "./accept-key.ts";
import { acceptSpares } from "./accept-spares.ts";
import { parseBaseUrl, withoutApiPath } from "./base-url.ts";
import { SOURCE_DEFAULTS, type SourceConfig } from "./schema.ts";
import { uniqueLabel } from "./unique-label.ts";

/** A draft that passed: what would be saved, and the secrets to save with it (references and those it has are not among them). */
export interface AcceptedDraft {
  readonly config: SourceConfig;
  readonly given: GivenSecrets;
}

/**
 * Judges what the add or edit form (or the CLI) sent. `existing` is the source being edited, null for a new one. A source without
 * a name gets one that is none of `otherLabels`.
 * Throws CallFailure: unknown-kind, invalid-address (detail: a BaseUrlProblem), plain-http-needs-consent,
 * invalid-key (detail: `keyProblem.*`), key-required (detail: the name of a further secret, or the origin of a spare address; null for
 * the key), invalid-options, invalid-input (a spare address; detail: what is wrong with it).
 */
export async function acceptDraft(
  draft: SourceDraft,
  existing: SourceConfig | null,
  newId: () => string,
  otherLabels: readonly string[] = [],
): Promise<AcceptedDraft> {
  const descriptor = findSource(draft.kind);
  if (descriptor === undefined) throw new CallFailure("unknown-kind", draft.kind.slice(0, 40));
  const address = parseBaseUrl(draft.baseUrl, { allowPlainHttp: draft.allowPlainHttp });
  if (!address.ok) {
    throw new CallFailure(
      address.problem === "plain-http" ? "plain-http-needs-consent" : "invalid-address",
      address.problem,
    );
  }
  try {
    await descriptor.prepare(draft.options);
  } catch (error) {
    if (error instanceof ReadError) throw new CallFailure("invalid-options", error.failure.detail);
    throw error;
  }
  const names = descriptor.optionFields.map((field) => field.name);
  const stray = Object.keys(draft.options).find((name) => !names.includes(name));
  if (stray !== undefined) {
    const known = names.length === 0 ? "none" : names.join(", ");
    throw new CallFailure("invalid-options", `there is no option ${cleanText(stray, 40)} (there are: ${known})`);
  }
  const sameOrigin = existing !== null && originOf(existing.baseUrl) === address.origin;
  const { credential, secret } = acceptKey(draft.key, sameOrigin ? existing.credential : undefined, address.origin);
  const secrets = Object.entries(draft.secrets).map(([name, input]) => {
    const saved = sameOrigin ? new Map(Object.entries(existing.secrets)).get(name) : undefined;
    return { name, ...acceptKey(input, saved, address.origin, name) };
  });
  const spares = acceptSpares(draft, existing, address, descriptor.apiPaths ?? []);
  const label = cleanText(draft.label);
  const baseUrl = withoutApiPath(address.url, descriptor.apiPaths ?? []);
  return {
    config: {
      ...SOURCE_DEFAULTS,
      ...existing,
      id: existing?.id ?? newId(),
      kind: draft.kind,
      label: label === "" ? uniqueLabel(`${descriptor.name} – ${new URL(address.url).host}`, otherLabels) : label,
      baseUrl,
      allowPlainHttp: draft.allowPlainHttp,
      credential,
      secrets: Object.fromEntries(secrets.map((other) => [other.name, other.credential])),
      options: draft.options,
      spareBaseUrls: spares.baseUrls,
      spareCredentials: spares.credentials,
    },
    given: {
      key: secret,
      others: Object.fromEntries(
        secrets.flatMap((other) => (other.secret === null ? [] : [[other.name, other.secret]])),
      ),
      spares: spares.secrets,
    },
  };
}

/** A source as a draft of it says; what a draft does not hold is as it has become meanwhile. */
export function drafted(source: SourceConfig, { config }: AcceptedDraft): SourceConfig {
  const { kind, label, baseUrl, allowPlainHttp, credential, secrets, options } = config;
  const { spareBaseUrls, spareCredentials } = config;
  return {
    ...source,
    kind,
    label,
    baseUrl,
    allowPlainHttp,
    credential,
    secrets,
    options,
    spareBaseUrls,
    spareCredentials,
  };
}

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null;
}
