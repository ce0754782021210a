import type { KeyInput } from "../contract/contract.ts";
import { CallFailure } from "../contract/host.ts";
import { checkKey } from "./key-format.ts";
import { type Credential, credentialSchema } from "./schema.ts";

/**
 * What would be saved for a key that a form or a command gave, and the secret itself where it was typed in.
 * `saved` is what `keep` keeps: undefined where there is nothing, or it belongs to another origin. `name` is of a further secret.
 * Throws CallFailure: invalid-key (detail: `keyProblem.*`), key-required (detail: `name`).
 */
export function acceptKey(
  input: KeyInput,
  saved: Credential | undefined,
  origin: string,
  name: string | null = null,
): { credential: Credential; secret: string | null } {
  switch (input.type) {
    case "secret": {
      const key = checkKey(input.secret);
      if (!key.ok) throw new CallFailure("invalid-key", key.problem);
      return { credential: { type: "vault", origin }, secret: key.key };
    }
    case "env": {
      const credential = credentialSchema.safeParse({ type: "env", name: input.name.trim() });
      if (!credential.success) throw new CallFailure("invalid-key", "bad-variable-name");
      return { credential: credential.data, secret: null };
    }
    case "file": {
      const credential = credentialSchema.safeParse({
        type: "file",
        path: input.path.trim(),
        pointer: input.pointer.trim(),
        origin,
      });
      if (!credential.success) throw new CallFailure("invalid-key", "bad-file-reference");
      return { credential: credential.data, secret: null };
    }
    case "keep": {
      // A key must not follow an address to another origin without its owner typing it again.
      if (saved === undefined) throw new CallFailure("key-required", name);
      return { credential: saved, secret: null };
    }
  }
}
