/** In which form address and key were found. */
export type PastedFrom = "address" | "key" | "address-and-key" | "curl" | "environment" | "config";

/** Why a pasted text gives nothing; worded in `probe.paste.<problem>`. */
export type PasteProblem =
  | "empty"
  | "too-long"
  | "not-understood"
  | "user-and-password"
  | "address-in-variable"
  | "no-address"
  | "key-cannot-be-sent";

/** A secret as it stands there, or the environment variable that holds it. */
export type PastedKey =
  | { readonly type: "secret"; readonly secret: string }
  | { readonly type: "env"; readonly name: string };

/** What a reader of one form found; not judged yet. */
export interface Found {
  readonly baseUrl: string | null;
  readonly key: PastedKey | null;
}

/** The value of a variable reference that stands alone ("$NAME", "${NAME}", "%NAME%", "{env:NAME}", "os.environ/NAME"); else a secret. */
export function keyOf(value: string): PastedKey {
  const name =
    /^\$\{?([A-Za-z_]\w*)(?:[:-][^}]*)?\}?$/.exec(value)?.[1] ??
    /^\$env:([A-Za-z_]\w*)$/i.exec(value)?.[1] ??
    /^%([A-Za-z_]\w*)%$/.exec(value)?.[1] ??
    /^\{env:([A-Za-z_]\w*)\}$/.exec(value)?.[1] ??
    /^os\.environ\/([A-Za-z_]\w*)$/.exec(value)?.[1];
  return name === undefined ? { type: "secret", secret: value } : { type: "env", name };
}
