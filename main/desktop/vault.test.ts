import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SecretVault } from "../../app/ports.ts";
import { createVault, type VaultOptions } from "./vault.ts";

const ORIGIN = "https://gateway.example";
const SECRET = "sk-neutral-0123456789abcdef";

let folder: string;
let path: string;
let learned: string[];
let logged: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plimsoll-vault-"));
  path = join(folder, "secrets.json");
  learned = [];
  logged = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A platform's encryption whose state can change between two calls. Reverses the text: enough to tell it from the secret. */
class Platform {
  tag = "v11";
  available = true;
  fails = false;
  shouldReEncrypt = false;
  accesses = 0;

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    this.accesses += 1;
    return this.available;
  }

  async encryptStringAsync(text: string): Promise<Buffer> {
    this.accesses += 1;
    if (this.fails) throw new Error(`cannot encrypt ${text}`);
    return Buffer.from(this.tag + [...text].reverse().join(""));
  }

  async decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    this.accesses += 1;
    if (this.fails) throw new Error("cannot decrypt");
    return { result: [...sealed.subarray(3).toString()].reverse().join(""), shouldReEncrypt: this.shouldReEncrypt };
  }
}

function vault(safeStorage: Platform, platform: NodeJS.Platform = "linux"): SecretVault {
  const options: VaultOptions = {
    safeStorage,
    platform,
    path,
    clock: { now: () => 1_700_000_000_000, setTimer: () => () => {} },
    logger: { log: (_level, event, fields) => logged.push(`${event} ${JSON.stringify(fields)}`) },
    redactor: { learn: (secret) => learned.push(secret) },
  };
  return createVault(options);
}

const saved = () => readFile(path, "utf8");

describe("vault", () => {
  it("keeps a key over a restart, encrypted and for its owner alone", async () => {
    const platform = new Platform();
    await vault(platform).set("a", ORIGIN, SECRET);
    const text = await saved();
    expect(text).not.toContain(SECRET);
    expect(JSON.parse(text)).toMatchObject({ version: 1, entries: { a: { origin: ORIGIN, tag: "v11" } } });
    if (process.platform !== "win32") expect((await stat(path)).mode & 0o777).toBe(0o600);
    const next = vault(platform);
    expect(await next.get("a", ORIGIN)).toEqual({ found: true, secret: SECRET });
    expect(await next.status()).toEqual({ kind: "os-keyring", backend: "Secret Service", problem: null });
    expect(learned).toContain(SECRET);
  });

  it("does not touch the keyring before there is a key to save or to read", async () => {
    const platform = new Platform();
    const fresh = vault(platform);
    expect(await fresh.status()).toMatchObject({ kind: "not-checked", problem: null });
    expect(await fresh.get("a", ORIGIN)).toEqual({ found: false, reason: "not-saved", detail: null });
    await fresh.delete("a");
    expect(platform.accesses).toBe(0);
  });

  it("gives a key to no other origin", async () => {
    const kept = vault(new Platform());
    await kept.set("a", ORIGIN, SECRET);
    for (const origin of ["http://gateway.example", "https://gateway.example:8443", "https://evil.example"]) {
      expect(await kept.get("a", origin)).toEqual({ found: false, reason: "other-origin", detail: null });
    }
  });

  it("writes nothing on Linux when the ciphertext's tag says that nothing protects it", async () => {
    const platform = new Platform();
    platform.tag = "v10";
    const kept = vault(platform);
    await kept.set("a", ORIGIN, SECRET);
    expect(await kept.get("a", ORIGIN)).toEqual({ found: true, secret: SECRET });
    expect(await kept.status()).toMatchObject({ kind: "session-only", problem: expect.stringContaining("keyring") });
    expect(await readdir(folder)).toEqual([]);
    expect(await vault(platform).get("a", ORIGIN)).toEqual({ found: false, reason: "not-saved", detail: null });
  });

  it.each(["darwin", "win32"] as const)("takes the same tag for granted on %s", async (name) => {
    const platform = new Platform();
    platform.tag = "v10";
    const kept = vault(platform, name);
    await kept.set("a", ORIGIN, SECRET);
    expect(await kept.status()).toMatchObject({ kind: "os-keyring" });
    expect(await saved()).toContain("v10");
  });

  it.each([
    ["says that it does not encrypt", (platform: Platform) => Object.assign(platform, { available: false })],
    ["fails", (platform: Platform) => Object.assign(platform, { fails: true })],
  ])("keeps a key for the session when the keyring %s, and says so", async (_name, break_) => {
    const kept = vault(break_(new Platform()));
    await kept.set("a", ORIGIN, SECRET);
    expect(await kept.get("a", ORIGIN)).toEqual({ found: true, secret: SECRET });
    expect(await kept.status()).toMatchObject({ kind: "session-only" });
  });

  it("keeps what it cannot decrypt, for the keyring may come back", async () => {
    const platform = new Platform();
    await vault(platform).set("a", ORIGIN, SECRET);
    const before = await saved();
    platform.fails = true;
    const locked = vault(platform);
    expect(await locked.get("a", ORIGIN)).toMatchObject({ found: false, reason: "keyring-unavailable" });
    expect(await saved()).toBe(before);
    platform.fails = false;
    expect(await locked.get("a", ORIGIN)).toEqual({ found: true, secret: SECRET });
  });

  it("encrypts again when the platform asks for it", async () => {
    const platform = new Platform();
    await vault(platform).set("a", ORIGIN, SECRET);
    platform.tag = "v12";
    platform.shouldReEncrypt = true;
    expect(await vault(platform).get("a", ORIGIN)).toEqual({ found: true, secret: SECRET });
    expect(JSON.parse(await saved())).toMatchObject({ entries: { a: { tag: "v12" } } });
  });

  it("replaces a saved key by one for the session without the old one coming back", async () => {
    const platform = new Platform();
    await vault(platform).set("a", ORIGIN, "sk-neutral-old-old-old");
    platform.tag = "v10";
    const kept = vault(platform);
    await kept.set("a", ORIGIN, SECRET);
    expect(await kept.get("a", ORIGIN)).toEqual({ found: true, secret: SECRET });
    expect(await vault(platform).get("a", ORIGIN)).toEqual({ found: false, reason: "not-saved", detail: null });
  });

  it("deletes one key and no other", async () => {
    const kept = vault(new Platform());
    await Promise.all([kept.set("a", ORIGIN, SECRET), kept.set("b", ORIGIN, `${SECRET}b`)]);
    await kept.delete("a");
    expect(await kept.get("a", ORIGIN)).toMatchObject({ found: false, reason: "not-saved" });
    expect(await kept.get("b", ORIGIN)).toEqual({ found: true, secret: `${SECRET}b` });
    expect(Object.keys(JSON.parse(await saved()).entries)).toEqual(["b"]);
  });

  it.each([
    "",
    "{",
    "[]",
    "null",
    '{"version":1}',
    '{"version":1,"entries":{"a":{"origin":3}}}',
    '{"version":"1","entries":{}}',
  ])("puts a file that holds %j aside and goes on", async (text) => {
    await writeFile(path, text);
    const kept = vault(new Platform());
    expect(await kept.get("a", ORIGIN)).toMatchObject({ found: false, reason: "not-saved" });
    await kept.set("a", ORIGIN, SECRET);
    const [aside] = (await readdir(folder)).filter((name) => name.includes("corrupt"));
    expect(await readFile(join(folder, aside ?? ""), "utf8")).toBe(text);
  });

  it("leaves a newer version's file alone", async () => {
    const text = '{"version":2,"anything":true}';
    await writeFile(path, text);
    const kept = vault(new Platform());
    expect(await kept.get("a", ORIGIN)).toMatchObject({ found: false, reason: "keyring-unavailable" });
    await kept.set("a", ORIGIN, SECRET);
    await kept.delete("b");
    expect(await kept.get("a", ORIGIN)).toEqual({ found: true, secret: SECRET });
    expect(await kept.status()).toMatchObject({ kind: "session-only", problem: expect.stringContaining("newer") });
    expect(await saved()).toBe(text);
  });

  it("never logs a key", async () => {
    const platform = new Platform();
    const kept = vault(platform);
    await kept.set("a", ORIGIN, SECRET);
    platform.fails = true;
    await kept.get("a", ORIGIN);
    await vault(platform).set("a", ORIGIN, SECRET);
    expect(logged.join("\n")).not.toContain(SECRET);
  });
});
