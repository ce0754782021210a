import type { SecretVault } from "../../app/ports.ts";
import type { Redactor } from "./redactor.ts";

/** A key and the one origin that it may be sent to. */
export interface StoredKey {
  readonly origin: string;
  readonly secret: string;
}

/** Keys in memory, gone when the process ends. */
export interface SessionVault extends SecretVault {
  entries(): readonly (readonly [sourceId: string, key: StoredKey])[];
}

/** `problem` says, for people, why keys are not in the keyring. */
export function createSessionVault(redactor: Pick<Redactor, "learn">, problem: string): SessionVault {
  const keys = new Map<string, StoredKey>();
  return {
    status: async () => ({ kind: "session-only", backend: "memory", problem }),
    async get(sourceId, origin) {
      const key = keys.get(sourceId);
      if (key === undefined) return { found: false, reason: "not-saved", detail: null };
      if (key.origin !== origin)
        return { found: false, reason: "other-origin", detail: `it was saved for ${key.origin}` };
      return { found: true, secret: key.secret };
    },
    async set(sourceId, origin, secret) {
      redactor.learn(secret);
      keys.set(sourceId, { origin, secret });
    },
    async delete(sourceId) {
      keys.delete(sourceId);
    },
    entries: () => [...keys],
  };
}
