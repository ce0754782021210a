import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { SecretLookup, SecretVault, VaultStatus } from "../../app/ports.ts";
import { createKeyringAccess, type KeyringAccessOptions } from "./keyring-access.ts";
import { keyringName, loadKeyring } from "./keyring-entry.ts";
import { type KeyringProblem, keyringProblemText, mayHoldKeys } from "./keyring-problem.ts";
import type { Redactor } from "./redactor.ts";
import { createSessionVault, type StoredKey } from "./session-vault.ts";

const storedKeySchema = z.object({ origin: z.string(), secret: z.string().min(1) });

/** The throwaway entry that shows whether the keyring takes, gives and forgets. Source ids are UUIDs and never this. */
const PROBE_ACCOUNT = "keyring check";

export interface KeyringVaultOptions extends Partial<KeyringAccessOptions> {
  readonly redactor: Pick<Redactor, "learn">;
  readonly platform?: NodeJS.Platform;
}

/**
 * Keys in the OS keyring, one entry per source, each with the origin that it is for. Nothing is touched before the first need.
 * Where there is no keyring, or it does not work, keys stay in memory for this session, and the status says why. Once it has worked,
 * a keyring that fails is "keyring-unavailable" and nothing moves to memory behind the user's back.
 */
export function createKeyringVault(options: KeyringVaultOptions): SecretVault {
  const { redactor, platform = process.platform } = options;
  const keyring = createKeyringAccess({ load: loadKeyring, ...options });
  const session = createSessionVault(redactor, "");
  let state: "unknown" | "works" | KeyringProblem = "unknown";
  let probing: Promise<void> | undefined;

  const text = (problem: KeyringProblem): string => keyringProblemText(problem, platform);

  /** Takes note of how a step ended. A keyring that has worked is not written off for one that fails. */
  function note(problem: KeyringProblem | null): void {
    if (problem === null) {
      const recovered = state !== "works";
      state = "works";
      if (recovered) adopt();
    } else if (state !== "works") {
      state = problem;
    }
  }

  /** Keys that were taken while the keyring did not work move into it now that it does. */
  function adopt(): void {
    for (const [sourceId, key] of session.entries()) {
      void write(sourceId, key).then((problem) => (problem === null ? session.delete(sourceId) : undefined));
    }
  }

  async function write(sourceId: string, key: StoredKey): Promise<KeyringProblem | null> {
    const outcome = await keyring.run(sourceId, (entry) => entry.setPassword(JSON.stringify(key)), { asked: true });
    return outcome.ok ? null : outcome.problem;
  }

  async function probe(): Promise<void> {
    const value = randomUUID();
    const outcome = await keyring.run(PROBE_ACCOUNT, async (entry) => {
      await entry.setPassword(value);
      const read = await entry.getPassword();
      await entry.deletePassword();
      return read === value;
    });
    if (!outcome.ok) note(outcome.problem);
    else note(outcome.value ? null : "failed");
  }

  return {
    async status(): Promise<VaultStatus> {
      if (state === "unknown") {
        probing ??= probe();
        await probing;
      }
      switch (state) {
        case "works":
          return { kind: "os-keyring", backend: keyringName(platform), problem: null };
        case "unknown":
          return { kind: "not-checked", backend: keyringName(platform), problem: null };
        default:
          return { kind: "session-only", backend: "memory", problem: text(state) };
      }
    },

    async get(sourceId, origin): Promise<SecretLookup> {
      const kept = await session.get(sourceId, origin);
      if (kept.found || kept.reason === "other-origin") return kept;
      if (state !== "unknown" && state !== "works" && !mayHoldKeys(state)) {
        return { found: false, reason: "not-saved", detail: text(state) };
      }
      const outcome = await keyring.run(sourceId, (entry) => entry.getPassword());
      if (!outcome.ok) {
        note(outcome.problem);
        const reason = state === "works" || mayHoldKeys(outcome.problem) ? "keyring-unavailable" : "not-saved";
        return { found: false, reason, detail: text(outcome.problem) };
      }
      // That there is nothing proves nothing: a Secret Service without any keyring answers the same.
      if (outcome.value === null) return { found: false, reason: "not-saved", detail: null };
      note(null);
      const key = parseStored(outcome.value);
      if (key === null)
        return { found: false, reason: "not-saved", detail: "the keyring's entry is not one of Plimsoll's" };
      redactor.learn(key.secret);
      if (key.origin !== origin)
        return { found: false, reason: "other-origin", detail: `it was saved for ${key.origin}` };
      return { found: true, secret: key.secret };
    },

    async set(sourceId, origin, secret) {
      redactor.learn(secret);
      const problem = await write(sourceId, { origin, secret });
      // Only a keyring that never worked is replaced by memory; one that did must not lose a key without a word.
      if (problem !== null && state === "works") throw new Error(text(problem));
      if (problem === null) await session.delete(sourceId);
      else await session.set(sourceId, origin, secret);
      note(problem);
    },

    async delete(sourceId) {
      await session.delete(sourceId);
      const outcome = await keyring.run(sourceId, (entry) => entry.deletePassword(), { asked: true });
      if (outcome.ok) return;
      note(outcome.problem);
      if (state === "works" || mayHoldKeys(outcome.problem)) throw new Error(text(outcome.problem));
    },
  };
}

function parseStored(text: string): StoredKey | null {
  try {
    return storedKeySchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
