import type { SafeStorage } from "electron";
import type { Clock, Logger, SecretLookup, SecretVault, VaultStatus } from "../../app/ports.ts";
import { keepFileAside } from "../host/keep-aside.ts";
import type { Redactor } from "../host/redactor.ts";
import { type Entries, readSecrets, type SecretEntry, writeSecrets } from "./secrets-file.ts";

export interface VaultOptions {
  readonly safeStorage: Pick<SafeStorage, "isAsyncEncryptionAvailable" | "encryptStringAsync" | "decryptStringAsync">;
  readonly platform: NodeJS.Platform;
  /** The file of ciphertexts. */
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Taught every key that passes, so that none gets into a log. */
  readonly redactor: Pick<Redactor, "learn">;
}

const NO_KEYRING = "no system keyring protects it here";
const NOT_ENCRYPTING = "the system keyring does not answer";
const TAG_BYTES = 3;
/** Chromium's tag for the key that is built into it: obfuscation, not protection. Elsewhere than on Linux it is the normal tag. */
const UNPROTECTED_TAG = "v10";

/** Whether new keys can be kept, and if not, why. */
type Protection = { readonly kind: "protected" } | { readonly kind: "none"; readonly problem: string };

/**
 * Keys encrypted by the platform (Electron's asynchronous safeStorage), one file, each bound to an origin.
 *
 * On Linux encryption always succeeds: without a keyring Chromium falls back to a built-in key, and neither
 * `isAsyncEncryptionAvailable` nor `getSelectedStorageBackend` tells. The ciphertext's tag does. Without protection keys
 * are kept for this session only. The keyring is not touched before a key is saved or asked for, because that may make the
 * system ask the user to unlock it. What cannot be decrypted stays in the file: the keyring may come back.
 */
export function createVault({ safeStorage, platform, path, clock, logger, redactor }: VaultOptions): SecretVault {
  const session = new Map<string, { readonly origin: string; readonly secret: string }>();
  let protection: Protection | null = null;
  let entries: Entries | null = null;
  let locked: string | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  /** One after the other: the file is read once and then written whole. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  }

  async function load(): Promise<Entries> {
    if (entries !== null) return entries;
    const read = await readSecrets(path);
    switch (read.kind) {
      case "entries":
        entries = read.entries;
        return entries;
      case "locked":
        // Not remembered as empty: the reason may go away.
        locked = read.problem;
        return new Map();
      case "broken": {
        await keepFileAside(path, new Date(clock.now()));
        logger.log("error", "secrets-file-broken", { keptAside: true });
        entries = new Map();
        return entries;
      }
    }
  }

  async function change(edit: (next: Map<string, SecretEntry>) => void): Promise<void> {
    const next = new Map(await load());
    edit(next);
    await writeSecrets(path, next);
    entries = next;
  }

  async function checkProtection(): Promise<Protection> {
    if (protection?.kind === "protected") return protection;
    try {
      if (!(await safeStorage.isAsyncEncryptionAvailable())) protection = { kind: "none", problem: NOT_ENCRYPTING };
      else if (platform !== "linux") protection = { kind: "protected" };
      else {
        const tag = tagOf(await safeStorage.encryptStringAsync("probe"));
        protection = tag === UNPROTECTED_TAG ? { kind: "none", problem: NO_KEYRING } : { kind: "protected" };
      }
    } catch {
      protection = { kind: "none", problem: NOT_ENCRYPTING };
    }
    return protection;
  }

  async function keep(sourceId: string, origin: string, secret: string): Promise<void> {
    const ciphertext = await safeStorage.encryptStringAsync(secret);
    await change((next) => {
      next.set(sourceId, { origin, tag: tagOf(ciphertext), ciphertext: ciphertext.toString("base64") });
    });
  }

  async function lookUp(sourceId: string, origin: string): Promise<SecretLookup> {
    const kept = session.get(sourceId);
    if (kept !== undefined) {
      return kept.origin === origin
        ? { found: true, secret: kept.secret }
        : { found: false, reason: "other-origin", detail: null };
    }
    const entry = (await load()).get(sourceId);
    if (entry === undefined) {
      return locked === null
        ? { found: false, reason: "not-saved", detail: null }
        : { found: false, reason: "keyring-unavailable", detail: locked };
    }
    if (entry.origin !== origin) return { found: false, reason: "other-origin", detail: null };
    try {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(entry.ciphertext, "base64"));
      redactor.learn(result);
      if (platform !== "linux" || entry.tag !== UNPROTECTED_TAG) protection ??= { kind: "protected" };
      if (shouldReEncrypt) await reEncrypt(sourceId, origin, result);
      return { found: true, secret: result };
    } catch {
      logger.log("warn", "key-not-decrypted", { source: sourceId });
      return { found: false, reason: "keyring-unavailable", detail: "the saved key cannot be decrypted now" };
    }
  }

  /** The platform's own key changed. The old ciphertext still works, so a failure here costs nothing. */
  async function reEncrypt(sourceId: string, origin: string, secret: string): Promise<void> {
    try {
      if ((await checkProtection()).kind === "protected") await keep(sourceId, origin, secret);
    } catch {
      logger.log("warn", "key-not-re-encrypted", { source: sourceId });
    }
  }

  return {
    async status(): Promise<VaultStatus> {
      const backend = backendName(platform);
      // Only what is known by now: asking would be the first access to the keyring.
      const problem = locked ?? (protection?.kind === "none" ? protection.problem : null);
      if (problem !== null) return { kind: "session-only", backend, problem };
      return { kind: protection === null ? "not-checked" : "os-keyring", backend, problem: null };
    },
    get: (sourceId, origin) => inTurn(() => lookUp(sourceId, origin)),
    set: (sourceId, origin, secret) =>
      inTurn(async () => {
        redactor.learn(secret);
        const known = await load();
        if (locked === null && (await checkProtection()).kind === "protected") {
          await keep(sourceId, origin, secret);
          session.delete(sourceId);
          return;
        }
        session.set(sourceId, { origin, secret });
        // The key it replaces must not come back with the next start.
        if (locked === null && known.has(sourceId)) await change((next) => next.delete(sourceId));
      }),
    delete: (sourceId) =>
      inTurn(async () => {
        session.delete(sourceId);
        if ((await load()).has(sourceId)) await change((next) => next.delete(sourceId));
      }),
  };
}

function tagOf(ciphertext: Buffer): string {
  return ciphertext.subarray(0, TAG_BYTES).toString("latin1");
}

function backendName(platform: NodeJS.Platform): string {
  switch (platform) {
    case "darwin":
      return "Keychain";
    case "win32":
      return "Windows Data Protection";
    default:
      return "Secret Service";
  }
}
