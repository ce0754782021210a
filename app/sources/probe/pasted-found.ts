/** In which form address and key were found. */
export type PastedFrom = "address" | "key" | "address-and-key" | "curl" | "environment" | "config";

/** Why a key that stands in a pasted text was not taken with the address; worded in `probe.paste.<reason>`. */
export type LeftOut =
  /** Several keys stand with the address, so that none of them is certain. */
  | "several-keys"
  /** What stands there is of several parties: none of the keys is certain to be for the address. */
  | "several-parties"
  /** The key comes out of a command, and nothing that is pasted is ever run. */
  | "key-from-command";

/** Why a pasted text gives nothing; worded in `probe.paste.<problem>`. */
export type PasteProblem =
  | LeftOut
  | "empty"
  | "too-long"
  | "not-understood"
  | "user-and-password"
  | "address-in-variable"
  | "no-address"
  | "several-addresses"
  | "key-cannot-be-sent";

/** A secret as it stands there, or the environment variable that holds it. */
export type PastedKey =
  | { readonly type: "secret"; readonly secret: string }
  | { readonly type: "env"; readonly name: string };

/** What a reader of one form found; not judged yet. Address and key together only where they certainly belong together. */
export interface Found {
  readonly baseUrl: string | null;
  readonly key: PastedKey | null;
  readonly leftOut: LeftOut | null;
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

/** "$(cat key)", "`pass show key`": a command, whose output would be the key. */
export function isCommand(secret: string): boolean {
  return /^\$\(|^`/.test(secret.trim());
}

/** "<your key>", "YOUR_API_KEY", "sk-…", "xxxx", "{file:~/.key}", "${{ secrets.KEY }}": what stands where a key would go. */
export function isPlaceholder(secret: string): boolean {
  const text = secret.trim();
  return (
    text === "" ||
    /^[<{[]|^\$\{\{|\.{3}|…|^x+$|^\*+$/i.test(text) ||
    /^(your|my|the|insert|replace|paste)[-_ ]/i.test(text) ||
    /^sk-(your|x{4,}|\*{3,})/i.test(text)
  );
}
