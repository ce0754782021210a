import type { Ports, SecretLookup } from "../ports.ts";
import type { MissingKey } from "../quota/failure.ts";
import { checkKey } from "../settings/key-format.ts";
import { sources as registry } from "../sources/registry.ts";
import type { RegisteredSource } from "../sources/source.ts";
import { maySendTo, ownersOf, toolFileReference } from "../sources/tool-files.ts";
import { type PollTarget, secretId } from "./poll-target.ts";

/** The secrets of one poll, or why one of them is missing. */
export type FoundSecrets =
  | {
      readonly ok: true;
      readonly key: string;
      readonly secrets: Readonly<Record<string, string>>;
      readonly facts: Readonly<Record<string, string>>;
    }
  | { readonly ok: false; readonly reason: MissingKey; readonly detail: string | null };

type LookUpPorts = Pick<Ports, "vault" | "references" | "clock">;

/** Finds every secret that a poll of this target sends. The first that is missing ends it. */
export async function lookUpAll(
  target: PollTarget,
  descriptor: RegisteredSource,
  origin: string,
  ports: LookUpPorts,
): Promise<FoundSecrets> {
  const lookUp = (vaultId: string, from: PollTarget["key"]) => lookUpOne(vaultId, from, descriptor, origin, ports);
  const lookup = await lookUp(target.vaultId, target.key);
  if (!lookup.found) return { ok: false, reason: lookup.reason, detail: lookup.detail };
  const key = checkKey(lookup.secret);
  if (!key.ok) return { ok: false, reason: "malformed", detail: null };
  const secrets: [string, string][] = [];
  for (const [name, from] of Object.entries(target.secrets)) {
    const other = await lookUp(secretId(target.id, name), from);
    if (!other.found) return { ok: false, reason: other.reason, detail: other.detail ?? name };
    const checked = checkKey(other.secret);
    if (!checked.ok) return { ok: false, reason: "malformed", detail: name };
    secrets.push([name, checked.key]);
  }
  return { ok: true, key: key.key, secrets: Object.fromEntries(secrets), facts: lookup.facts ?? {} };
}

async function lookUpOne(
  vaultId: string,
  from: PollTarget["key"],
  descriptor: RegisteredSource,
  origin: string,
  { vault, references, clock }: LookUpPorts,
): Promise<SecretLookup> {
  switch (from.type) {
    case "given":
      return { found: true, secret: from.secret };
    case "env":
      return references.env(from);
    case "vault":
      return vault.get(vaultId, origin);
    case "file": {
      if (from.origin !== origin) return { found: false, reason: "other-origin", detail: null };
      // Whatever kind the source is said to be: a tool's token goes to that tool's service.
      const owners = await ownersOf(from, registry, references.locate);
      if (!maySendTo(owners, origin)) {
        return { found: false, reason: "not-for-this-address", detail: owners[0]?.file.tool ?? null };
      }
      const own = owners.find(({ source }) => source.id === descriptor.id);
      return references.file(toolFileReference(from, own?.file), clock.now());
    }
  }
}
