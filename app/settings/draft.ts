import type { SourceDraft } from "../contract/contract.ts";
import { CallFailure } from "../contract/host.ts";
import { ReadError } from "../quota/failure.ts";
import { cleanText } from "../sources/clean-text.ts";
import { findSource } from "../sources/registry.ts";
import { parseBaseUrl } from "./base-url.ts";
import { checkKey } from "./key-format.ts";
import { type Credential, credentialSchema, type SourceConfig } from "./schema.ts";

/** A draft that passed: what would be saved, and the key to save with it (null: a reference, or the one it has). */
export interface AcceptedDraft {
  readonly config: SourceConfig;
  readonly newSecret: string | null;
}

/**
 * Judges what the add or edit form (or the CLI) sent. `existing` is the source being edited, null for a new one.
 * Throws CallFailure: unknown-kind, invalid-address (detail: a BaseUrlProblem), plain-http-needs-consent,
 * invalid-key (detail: `keyProblem.*`), key-required, invalid-options.
 */
export async function acceptDraft(
  draft: SourceDraft,
  existing: SourceConfig | null,
  newId: () => string,
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
  const { credential, newSecret } = acceptKey(draft, existing, address.origin);
  const label = cleanText(draft.label);
  return {
    config: {
      muted: false,
      paused: false,
      intervalSeconds: null,
      thresholds: null,
      ...existing,
      id: existing?.id ?? newId(),
      kind: draft.kind,
      label: label === "" ? `${descriptor.name} – ${new URL(address.url).host}`.slice(0, 80) : label,
      baseUrl: address.url,
      allowPlainHttp: draft.allowPlainHttp,
      credential,
      options: draft.options,
    },
    newSecret,
  };
}

function acceptKey(
  draft: SourceDraft,
  existing: SourceConfig | null,
  origin: string,
): { credential: Credential; newSecret: string | null } {
  switch (draft.key.type) {
    case "secret": {
      const key = checkKey(draft.key.secret);
      if (!key.ok) throw new CallFailure("invalid-key", key.problem);
      return { credential: { type: "vault", origin }, newSecret: key.key };
    }
    case "env": {
      const credential = credentialSchema.safeParse({ type: "env", name: draft.key.name.trim() });
      if (!credential.success) throw new CallFailure("invalid-key", "bad-variable-name");
      return { credential: credential.data, newSecret: null };
    }
    case "keep": {
      // A key must not follow an address to another origin without its owner typing it again.
      if (existing === null || !URL.canParse(existing.baseUrl) || new URL(existing.baseUrl).origin !== origin)
        throw new CallFailure("key-required");
      return { credential: existing.credential, newSecret: null };
    }
  }
}
