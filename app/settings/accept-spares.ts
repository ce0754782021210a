import type { SourceDraft } from "../contract/contract.ts";
import { CallFailure } from "../contract/host.ts";
import { acceptKey } from "./accept-key.ts";
import { ADDRESS_PROBLEMS, parseBaseUrl, withoutApiPath } from "./base-url.ts";
import type { Credential, SourceConfig } from "./schema.ts";

/** The spare addresses that would be saved, with the keys of those on another origin than the source's, by origin. */
export interface AcceptedSpares {
  readonly baseUrls: string[];
  readonly credentials: Record<string, Credential>;
  /** What was typed in, by origin. */
  readonly secrets: Record<string, string>;
}

/**
 * Judges the spare addresses of a draft; one that names none keeps those that the source has. A spare on the source's own origin
 * uses its key. One on another origin needs a key of its own, or the one that it was given for that origin before.
 * Throws CallFailure: invalid-input, invalid-key, key-required (detail: the spare's origin).
 */
export function acceptSpares(
  draft: SourceDraft,
  existing: SourceConfig | null,
  own: { readonly url: string; readonly origin: string },
  apiPaths: readonly string[],
): AcceptedSpares {
  const saved = new Map(Object.entries(existing?.spareCredentials ?? {}));
  const ownUrl = withoutApiPath(own.url, apiPaths);
  if (draft.spares === undefined) {
    const baseUrls = (existing?.spareBaseUrls ?? []).filter((url) => url !== ownUrl);
    return { baseUrls, credentials: Object.fromEntries(saved), secrets: {} };
  }
  const baseUrls: string[] = [];
  const credentials = new Map<string, Credential>();
  const secrets = new Map<string, string>();
  for (const [index, spare] of draft.spares.entries()) {
    const refuse = (problem: string) => new CallFailure("invalid-input", `spare address ${index + 1}: ${problem}`);
    const address = parseBaseUrl(spare.baseUrl, { allowPlainHttp: draft.allowPlainHttp });
    if (!address.ok) throw refuse(ADDRESS_PROBLEMS[address.problem]);
    const { origin } = address;
    const url = withoutApiPath(address.url, apiPaths);
    if (url === ownUrl || baseUrls.includes(url)) continue;
    baseUrls.push(url);
    if (origin === own.origin) continue;
    if (Object.keys(draft.secrets).length > 0) {
      throw refuse("it has another origin, and the further secrets of a source go to its own origin only");
    }
    const { credential, secret } = acceptKey(spare.key, credentials.get(origin) ?? saved.get(origin), origin, origin);
    credentials.set(origin, credential);
    if (secret !== null) secrets.set(origin, secret);
  }
  return { baseUrls, credentials: Object.fromEntries(credentials), secrets: Object.fromEntries(secrets) };
}
