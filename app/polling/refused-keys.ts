import type { Ports } from "../ports.ts";
import { parseBaseUrl } from "../settings/base-url.ts";
import { findSource } from "../sources/registry.ts";
import { lookUpAll } from "./look-up-secrets.ts";
import { type PollOutcome, pollSource } from "./poll-source.ts";
import type { PollTarget } from "./poll-target.ts";

/** A refused key is tried again after so long, as one that lies nowhere else is. */
const TRY_AGAIN_MS = 60 * 60_000;

interface Refused {
  /** The source whose key it was. */
  readonly id: string;
  readonly mark: string;
  readonly at: number;
  readonly outcome: PollOutcome;
}

type PollPorts = Parameters<typeof pollSource>[1];

/** Polls, and keeps in mind which keys of tools' files were refused: such a file is looked at often, and the service is not asked. */
export interface RefusedKeys {
  /** As `pollSource`; a key in a file that was refused within the hour is not sent again, and its refusal told once more. */
  poll(target: PollTarget, signal: AbortSignal): Promise<PollOutcome>;
  /** The next poll asks, whatever was refused: the user wants it, or the source is another. */
  forget(id: string): void;
}

export function createRefusedKeys(ports: PollPorts): RefusedKeys {
  // By where the key lies: a spare address may have one of its own.
  const refused = new Map<string, Refused>();
  return {
    async poll(target, signal) {
      if (target.key.type !== "file") return pollSource(target, ports, signal);
      // Looked up before the poll does it: should the tool renew its token in between, the new one is tried at the next poll.
      const mark = await markOf(target, ports);
      const before = refused.get(target.vaultId);
      const now = ports.clock.now();
      if (before !== undefined && before.mark === mark && now - before.at < TRY_AGAIN_MS) return before.outcome;
      const outcome = await pollSource(target, ports, signal);
      if (mark !== null && outcome.type === "failure" && outcome.failure.cause === "key-refused") {
        refused.set(target.vaultId, { id: target.id, mark, at: now, outcome });
      } else {
        refused.delete(target.vaultId);
      }
      return outcome;
    },
    forget(id) {
      for (const [where, key] of refused) if (key.id === id) refused.delete(where);
    },
  };
}

/** By what this key is known again; null where there is none. */
async function markOf(target: PollTarget, ports: Pick<Ports, "vault" | "references" | "clock" | "fingerprints">) {
  const descriptor = findSource(target.kind);
  const address = parseBaseUrl(target.baseUrl, { allowPlainHttp: target.allowPlainHttp });
  if (descriptor === undefined || !address.ok) return null;
  const found = await lookUpAll(target, descriptor, address.origin, ports).catch(() => null);
  return found?.ok === true ? ports.fingerprints.of(found.key) : null;
}
