import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import type { SafeStorage } from "electron";
import { config } from "./config.ts";
import { needReady } from "./life.ts";
import { loud } from "./loud.ts";

/** How often the keyring was asked, so that tests can say when it must not be. */
export const keyring = { accesses: 0 };

/** Chromium's built-in key on Linux: everybody has it. */
const BUILT_IN = createHash("sha256").update("peanuts").digest();

function keyringKey(): Buffer {
  try {
    return readFileSync(config.keyringFile);
  } catch {
    const key = randomBytes(32);
    writeFileSync(config.keyringFile, key, { mode: 0o600 });
    return key;
  }
}

function access(): { tag: string; key: Buffer } {
  needReady("safeStorage");
  keyring.accesses += 1;
  if (config.safeStorage === "locked" || config.safeStorage === "unavailable") throw new Error("keyring is locked");
  if (config.platform !== "linux") return { tag: "v10", key: keyringKey() };
  return config.safeStorage === "keyring" ? { tag: "v11", key: keyringKey() } : { tag: "v10", key: BUILT_IN };
}

function refuseSync(): never {
  throw new Error("the synchronous safeStorage functions are deprecated since Electron 45");
}

const covered: SafeStorage = {
  async isAsyncEncryptionAvailable() {
    needReady("safeStorage");
    keyring.accesses += 1;
    // As in Electron: true whenever the encryptor started, which on Linux says nothing of a keyring.
    return config.safeStorage !== "unavailable";
  },
  async encryptStringAsync(plainText) {
    const { tag, key } = access();
    const iv = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", key, iv);
    const sealed = Buffer.concat([cipher.update(plainText, "utf8"), cipher.final()]);
    return Buffer.concat([Buffer.from(tag), iv, cipher.getAuthTag(), sealed]);
  },
  async decryptStringAsync(encrypted) {
    const { key } = access();
    const used = encrypted.subarray(0, 3).toString() === "v10" && config.platform === "linux" ? BUILT_IN : key;
    const decipher = createDecipheriv("aes-256-gcm", used, encrypted.subarray(3, 15));
    decipher.setAuthTag(encrypted.subarray(15, 31));
    const result = decipher.update(encrypted.subarray(31), undefined, "utf8") + decipher.final("utf8");
    return { result, shouldReEncrypt: false };
  },
  encryptString: refuseSync,
  decryptString: refuseSync,
  isEncryptionAvailable: refuseSync,
  getSelectedStorageBackend() {
    // Reports the synchronous backend, by the desktop's name: tells nothing of the asynchronous one.
    return "gnome_libsecret";
  },
  setUsePlainTextEncryption() {
    throw new Error("keys must not be stored unprotected without a word");
  },
};

export const safeStorage = loud("safeStorage", covered);
