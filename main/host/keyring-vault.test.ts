import { beforeEach, describe, expect, test, vi } from "vitest";
import { KeyringLibraryMissing, type OpenKeyringEntry } from "./keyring-entry.ts";
import { createKeyringVault } from "./keyring-vault.ts";
import { createRedactor } from "./redactor.ts";

// A keyring whose failures can be chosen. The real one is in tests/keyring.
const ORIGIN = "https://llm.example.org";
const SECRET = "sk-do-not-tell-0123456789";
const UUID = "9f0c7c1e-0000-4000-8000-000000000000";

let stored: Map<string, string>;
let touched: number;
let failWith: (() => Promise<never>) | null;
const fails = (message: string) => () => Promise.reject(new Error(message));
const NO_DBUS = "Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled at compile time";
const LOCKED = "Couldn't access platform storage: Secret Service: unlock prompt was dismissed";
const NO_COLLECTION = "Couldn't access platform storage: Secret Service: no result found";
const NO_REPLY = "Platform failure: DBus error: Did not receive a reply. Possible causes include: …";

const open: OpenKeyringEntry = (account) => {
  const step = async <T>(use: () => T): Promise<T> => {
    touched += 1;
    if (failWith !== null) await failWith();
    return use();
  };
  return {
    getPassword: () => step(() => stored.get(account) ?? null),
    setPassword: (password) => step(() => void stored.set(account, password)),
    deletePassword: () => step(() => stored.delete(account)),
  };
};
beforeEach(() => {
  stored = new Map();
  touched = 0;
  failWith = null;
});
const vaultWith = (options: Partial<Parameters<typeof createKeyringVault>[0]> = {}) =>
  createKeyringVault({ redactor: createRedactor(), platform: "linux", load: async () => open, pauseMs: 0, ...options });

describe("a keyring that works", () => {
  test("keeps a key for its origin, and nothing of the check remains", async () => {
    const vault = vaultWith();
    expect(await vault.status()).toEqual({ kind: "os-keyring", backend: "Secret Service", problem: null });
    expect(stored.size).toBe(0);
    await vault.set(UUID, ORIGIN, SECRET);
    const next = vaultWith();
    expect(await next.get(UUID, ORIGIN)).toEqual({ found: true, secret: SECRET });
    expect(await next.get(UUID, "https://other.example")).toEqual({
      found: false,
      reason: "other-origin",
      detail: `it was saved for ${ORIGIN}`,
    });
    await next.delete(UUID);
    expect(await next.get(UUID, ORIGIN)).toEqual({ found: false, reason: "not-saved", detail: null });
  });

  test("is not touched before it is needed, and once for any number of questions about its status", async () => {
    const load = vi.fn(async () => open);
    const vault = vaultWith({ load });
    expect(load).not.toHaveBeenCalled();
    await Promise.all([vault.status(), vault.status()]);
    const afterFirst = touched;
    await vault.status();
    expect(touched).toBe(afterFirst);
    expect(load).toHaveBeenCalledTimes(1);
  });

  test("needs no check once it has given a key", async () => {
    await vaultWith().set(UUID, ORIGIN, SECRET);
    const vault = vaultWith();
    await vault.get(UUID, ORIGIN);
    const before = touched;
    expect((await vault.status()).kind).toBe("os-keyring");
    expect(touched).toBe(before);
  });

  test("that is locked later is unavailable, loses nothing, and refuses a new key rather than forget it", async () => {
    const vault = vaultWith();
    await vault.set(UUID, ORIGIN, SECRET);
    failWith = fails(LOCKED);
    expect(await vault.get(UUID, ORIGIN)).toEqual({
      found: false,
      reason: "keyring-unavailable",
      detail: "the keyring is locked",
    });
    await expect(vault.set("other", ORIGIN, SECRET)).rejects.toThrow("the keyring is locked");
    await expect(vault.delete(UUID)).rejects.toThrow("the keyring is locked");
    expect((await vault.status()).kind).toBe("os-keyring");
    failWith = null;
    expect(await vault.get(UUID, ORIGIN)).toMatchObject({ found: true });
  });

  test.each(["", "not json", "[]", '{"origin":1,"secret":2}', '{"origin":"https://x","secret":""}'])(
    "with somebody else's entry (%j) in place of a key has none",
    async (text) => {
      stored.set(UUID, text);
      expect(await vaultWith().get(UUID, ORIGIN)).toMatchObject({ found: false, reason: "not-saved" });
      expect(stored.get(UUID)).toBe(text);
    },
  );

  test("teaches the redactor what it gives and takes", async () => {
    const redactor = createRedactor();
    await vaultWith({ redactor }).set(UUID, ORIGIN, "correct-horse-battery");
    expect(redactor.redact("correct-horse-battery")).toBe("•••");
    const later = createRedactor();
    await vaultWith({ redactor: later }).get(UUID, ORIGIN);
    expect(later.redact("correct-horse-battery")).toBe("•••");
  });
});

describe("without a keyring", () => {
  test.each([
    [NO_DBUS, "no Secret Service (such as GNOME Keyring or KWallet) answers on this session's D-Bus"],
    [NO_COLLECTION, "the Secret Service has no default keyring yet"],
  ])("(%s) keys live for this session, and the status says why", async (message, problem) => {
    failWith = fails(message);
    const vault = vaultWith();
    expect(await vault.status()).toEqual({ kind: "session-only", backend: "memory", problem });
    expect(await vault.get(UUID, ORIGIN)).toEqual({ found: false, reason: "not-saved", detail: problem });
    await vault.set(UUID, ORIGIN, SECRET);
    expect(await vault.get(UUID, ORIGIN)).toEqual({ found: true, secret: SECRET });
    expect(await vault.get(UUID, "https://other.example")).toMatchObject({ reason: "other-origin" });
    expect((await vault.status()).kind).toBe("session-only");
    await vault.delete(UUID);
    expect(await vault.get(UUID, ORIGIN)).toMatchObject({ found: false, reason: "not-saved" });
    expect(await vaultWith().get(UUID, ORIGIN)).toMatchObject({ found: false });
  });

  test("because the library does not load, keys live for this session", async () => {
    const load = vi.fn(() => Promise.reject(new KeyringLibraryMissing()));
    const vault = vaultWith({ load });
    await vault.set(UUID, ORIGIN, SECRET);
    expect(await vault.get(UUID, ORIGIN)).toMatchObject({ found: true });
    expect(await vault.status()).toEqual({
      kind: "session-only",
      backend: "memory",
      problem: "the keyring library does not run on this system",
    });
    expect(load).toHaveBeenCalledTimes(1);
  });

  test("that forgets what it was told, keys live for this session", async () => {
    const forgetful: OpenKeyringEntry = () => ({
      getPassword: async () => null,
      setPassword: async () => undefined,
      deletePassword: async () => false,
    });
    expect(await vaultWith({ load: async () => forgetful }).status()).toMatchObject({ kind: "session-only" });
  });
});

describe("a keyring that is locked from the start", () => {
  test("may hold the key, so it is unavailable rather than not saved; a new key lives for this session", async () => {
    failWith = fails(LOCKED);
    const vault = vaultWith();
    expect(await vault.get(UUID, ORIGIN)).toMatchObject({ reason: "keyring-unavailable" });
    await vault.set(UUID, ORIGIN, SECRET);
    expect(await vault.get(UUID, ORIGIN)).toMatchObject({ found: true });
    expect(await vault.status()).toEqual({
      kind: "session-only",
      backend: "memory",
      problem: "the keyring is locked",
    });
  });

  test("takes the keys of the session once it is unlocked", async () => {
    stored.set("old", JSON.stringify({ origin: ORIGIN, secret: SECRET }));
    failWith = fails(LOCKED);
    const vault = vaultWith();
    await vault.set(UUID, ORIGIN, SECRET);
    failWith = null;
    expect(await vault.get("old", ORIGIN)).toMatchObject({ found: true });
    expect((await vault.status()).kind).toBe("os-keyring");
    await vi.waitFor(() => expect(stored.has(UUID)).toBe(true));
    expect(await vault.get(UUID, ORIGIN)).toEqual({ found: true, secret: SECRET });
  });

  test("is left in peace for a while: ten sources put up one unlock dialog, not ten", async () => {
    failWith = fails(LOCKED);
    const vault = vaultWith({ pauseMs: 60_000 });
    const lookups = await Promise.all(Array.from({ length: 10 }, (_, n) => vault.get(`s${n}`, ORIGIN)));
    expect(lookups.every((lookup) => !lookup.found && lookup.reason === "keyring-unavailable")).toBe(true);
    expect(touched).toBe(1);
    // The user's own doing asks again.
    await vault.set(UUID, ORIGIN, SECRET);
    expect(touched).toBe(2);
  });
});

describe("a keyring that hangs", () => {
  test("is given up in time, and asked nothing more while it hangs", async () => {
    let answer: () => void = () => undefined;
    failWith = () =>
      new Promise<never>((_resolve, reject) => {
        answer = () => reject(new Error(NO_REPLY));
      });
    const vault = vaultWith({ timeoutMs: 50 });
    expect(await vault.get(UUID, ORIGIN)).toEqual({
      found: false,
      reason: "keyring-unavailable",
      detail: "the keyring does not answer",
    });
    await vault.set(UUID, ORIGIN, SECRET);
    expect(touched).toBe(1);
    expect(await vault.get(UUID, ORIGIN)).toMatchObject({ found: true });
    answer();
    failWith = null;
    await vi.waitFor(async () => {
      await vault.set("later", ORIGIN, SECRET);
      expect(stored.has("later")).toBe(true);
    });
  });
});

test("no error of the library is passed on in its own words", async () => {
  failWith = fails(`secret ${SECRET} at /run/user/0/bus`);
  const vault = vaultWith();
  await vault.set(UUID, ORIGIN, SECRET);
  expect(await vault.status()).toMatchObject({ problem: "the keyring refused the request" });
});
