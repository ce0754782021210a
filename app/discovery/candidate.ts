import type { SecretLookup } from "../ports.ts";
import { checkKey } from "../settings/key-format.ts";
import type { RegisteredSource } from "../sources/source.ts";
import type { KeyPlace, Need, Outcome } from "./discovery.ts";

/** A place that was looked at. The key stays in here: what goes out is made from the rest. */
export interface Candidate {
  /** Null for a gateway of one's own. */
  readonly source: RegisteredSource | null;
  readonly tool: string | null;
  readonly place: KeyPlace;
  /** By what two ways to one place are known for one. */
  readonly spot: string;
  /** Null where no address is known. */
  readonly baseUrl: string | null;
  readonly needs: readonly Need[];
  readonly outcome: Outcome;
  readonly detail: string | null;
  /** Only where the outcome is "usable". */
  readonly key: string | null;
}

/** What a lookup means for a scan, with the key where there is one that can be sent. */
export function judgeLookup(
  lookup: SecretLookup,
  fileIsNamed: boolean,
): { readonly outcome: Outcome; readonly key: string | null } {
  if (lookup.found) {
    const checked = checkKey(lookup.secret);
    if (checked.ok) return { outcome: "usable", key: checked.key };
    return { outcome: checked.problem === "empty" ? "no-key" : "not-sendable", key: null };
  }
  return { outcome: outcomeOf(lookup.reason, fileIsNamed), key: null };
}

function outcomeOf(reason: Extract<SecretLookup, { found: false }>["reason"], fileIsNamed: boolean): Outcome {
  switch (reason) {
    case "env-not-set":
    case "not-saved":
      return "not-set";
    case "file-not-found":
      return fileIsNamed ? "no-such-file" : "not-set";
    case "file-not-json":
      return "not-json";
    case "expired-in-file":
      return "expired";
    case "pointer-not-found":
    case "malformed":
      return "no-key";
    case "file-not-readable":
    case "keyring-unavailable":
    case "other-origin":
    case "not-for-this-address":
      return "not-readable";
  }
}

/** A place's name in text: unique, and the same at each scan. */
export function placeText(place: KeyPlace): string {
  return place.type === "env" ? `env:${place.name}` : `file:${place.path}#${place.pointer}`;
}
