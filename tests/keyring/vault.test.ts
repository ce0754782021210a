import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { canRunSecretService, environmentWithoutKeyring, withSecretService } from "./secret-service.ts";
import type { VaultStep } from "./vault-process.ts";

const ORIGIN = "https://llm.example.org";
const SECRET = "sk-keyring-test-0123456789";

/** Carries the steps out in a Node process of its own. */
async function host(env: Readonly<Record<string, string>>, ...steps: VaultStep[]): Promise<unknown[]> {
  const script = new URL("./vault-process.ts", import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(steps)], {
    env,
    timeout: 30_000,
  });
  return JSON.parse(stdout);
}
const get = (origin = ORIGIN): VaultStep => ({ do: "get", id: "a", origin });
const set: VaultStep = { do: "set", id: "a", origin: ORIGIN, secret: SECRET };
const status: VaultStep = { do: "status" };
const inKeyring = { kind: "os-keyring", backend: "Secret Service", problem: null };

describe.runIf(canRunSecretService())("with a real Secret Service", () => {
  test("a key survives the process, and the keyring's own restart", async () => {
    await withSecretService(async (service) => {
      expect(await host(service.env, status, set, get())).toEqual([inKeyring, "done", { found: true, secret: SECRET }]);
      expect(await host(service.env, get(), status)).toEqual([{ found: true, secret: SECRET }, inKeyring]);
      await service.restart();
      expect(await host(service.env, get(), status)).toEqual([{ found: true, secret: SECRET }, inKeyring]);
      // It lies in the keyring's file, and not readable there.
      const folder = join(service.env["XDG_DATA_HOME"] ?? "", "keyrings");
      const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));
      expect(files.length).toBeGreaterThan(0);
      expect(files.join()).not.toContain(SECRET);
    });
  });

  test("a key is for its origin alone, and gone once it is deleted", async () => {
    await withSecretService(async (service) => {
      await host(service.env, set);
      expect(await host(service.env, get("http://llm.example.org"))).toMatchObject([{ reason: "other-origin" }]);
      expect(await host(service.env, { do: "delete", id: "a" }, get())).toEqual([
        "done",
        { found: false, reason: "not-saved", detail: null },
      ]);
      expect(await host(service.env, { do: "delete", id: "a" })).toEqual(["done"]);
    });
  });

  test("a locked keyring is unavailable, and has lost nothing when it is unlocked", async () => {
    await withSecretService(async (service) => {
      await host(service.env, set);
      await service.lock();
      expect(await host(service.env, get(), status)).toEqual([
        { found: false, reason: "keyring-unavailable", detail: "the keyring is locked" },
        { kind: "session-only", backend: "memory", problem: "the keyring is locked" },
      ]);
      await service.restart();
      expect(await host(service.env, get())).toEqual([{ found: true, secret: SECRET }]);
    });
  });

  test("a keyring that hangs is given up", async () => {
    await withSecretService(async (service) => {
      await host(service.env, set);
      service.freeze();
      expect(await host(service.env, get())).toEqual([
        { found: false, reason: "keyring-unavailable", detail: "the keyring does not answer" },
      ]);
      service.thaw();
      expect(await host(service.env, get())).toEqual([{ found: true, secret: SECRET }]);
    });
  });
});

test.runIf(process.platform === "linux")(
  "without D-Bus a key lives for the session, and no other store takes it",
  async () => {
    const root = mkdtempSync(join(tmpdir(), "plss-"));
    try {
      const env = environmentWithoutKeyring(root);
      const sessionOnly = {
        kind: "session-only",
        backend: "memory",
        problem: "no Secret Service (such as GNOME Keyring or KWallet) answers on this session's D-Bus",
      };
      expect(await host(env, set, get(), status)).toEqual(["done", { found: true, secret: SECRET }, sessionOnly]);
      expect(await host(env, get(), status)).toMatchObject([{ found: false, reason: "not-saved" }, sessionOnly]);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  },
);
