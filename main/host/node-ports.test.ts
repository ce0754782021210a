import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { DemoGateways } from "../../app/ports.ts";
import { httpServer } from "../../tests/support/servers.ts";
import { diagnoseHost } from "./diagnosis.ts";
import { createNodePorts } from "./node-ports.ts";
import { createRedactor } from "./redactor.ts";
import { createSessionVault } from "./session-vault.ts";

let profileDir: string;
beforeEach(() => {
  profileDir = mkdtempSync(join(tmpdir(), "plimsoll-ports-"));
});
afterEach(() => {
  rmSync(profileDir, { recursive: true, force: true });
});

const noDemo = async (): Promise<DemoGateways> => ({ start: async () => [], stop: async () => undefined });
const open = (env: Record<string, string>, demo = noDemo) =>
  createNodePorts({
    profileDir,
    alerts: { show: async () => null },
    demo,
    env: { PLIMSOLL_KEYRING: "off", ...env },
  });

describe("the ports of a Node host", () => {
  test("touch nothing before they are used, and the demo not even then", async () => {
    const demo = vi.fn(noDemo);
    const host = open({}, demo);
    expect(host.ports.settings.read()).toEqual({ kind: "absent" });
    expect(await host.ports.ledger.read()).toEqual({ entries: [], snoozes: [] });
    await host.close();
    expect(readdirSync(profileDir)).toEqual([]);
    expect(demo).not.toHaveBeenCalled();
  });

  test("start the demo once asked, and stop it at the end", async () => {
    const stop = vi.fn(async () => undefined);
    const load = vi.fn(async (): Promise<DemoGateways> => ({ start: async () => [], stop }));
    const host = open({}, load);
    await host.ports.demo.start();
    await host.ports.demo.start();
    await host.close();
    expect(load).toHaveBeenCalledTimes(1);
    expect(stop).toHaveBeenCalledTimes(1);
  });

  test("know every key that passed through them when they log, whether from the vault or the environment", async () => {
    const host = open({ GATEWAY_KEY: "from-the-environment" });
    host.ports.references.env({ type: "env", name: "GATEWAY_KEY" });
    await host.ports.vault.set("a", "https://llm.example.org", "from-the-keyring");
    host.ports.logger.log("info", "test", { a: "from-the-environment", b: "from-the-keyring" });
    await host.close();
    expect(readFileSync(join(profileDir, "logs", "plimsoll.log"), "utf8")).toContain('"a":"•••","b":"•••"');
  });

  test("PLIMSOLL_KEYRING=off keeps keys for this session, and says so", async () => {
    const host = open({});
    await host.ports.vault.set("a", "https://llm.example.org", "a-key-of-this-session");
    expect(await host.ports.vault.get("a", "https://llm.example.org")).toMatchObject({ found: true });
    expect(await host.ports.vault.status()).toMatchObject({
      kind: "session-only",
      problem: expect.stringContaining("PLIMSOLL_KEYRING"),
    });
    await host.close();
  });

  test("let the process end by itself after a request, though connections are kept alive", async () => {
    const server = await httpServer((_request, response) => response.end("{}"));
    const script = `
      import { createNodePorts } from ${JSON.stringify(new URL("./node-ports.ts", import.meta.url).href)};
      const host = createNodePorts({
        profileDir: ${JSON.stringify(profileDir)}, alerts: { show: async () => null }, demo: async () => null, log: false,
      });
      const result = await host.ports.http.send({
        method: "GET", url: process.argv[1], headers: {}, secretHeaders: [], timeoutMs: 5000, maxBytes: 100,
      });
      await host.close();
      process.stdout.write(String(result.ok));
    `;
    const { promise, resolve } = Promise.withResolvers<{ status: number | null; stdout: string }>();
    const { execFile } = await import("node:child_process");
    execFile(
      process.execPath,
      ["--input-type=module", "-e", script, server.origin],
      { timeout: 15_000 },
      (error, stdout) => resolve({ status: error === null ? 0 : 1, stdout }),
    );
    expect(await promise).toEqual({ status: 0, stdout: "true" });
    await server.close();
  });

  test("load no heavy library by being made", () => {
    const script = `
      import { registerHooks } from "node:module";
      const loaded = [];
      registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
      const { createNodePorts } = await import(${JSON.stringify(new URL("./node-ports.ts", import.meta.url).href)});
      const host = createNodePorts({ profileDir: ${JSON.stringify(profileDir)}, alerts: {}, demo: async () => null });
      host.ports.settings.read();
      await host.close();
      process.stdout.write(JSON.stringify(loaded.filter((url) => /node_modules.(undici|conf|ajv|@napi-rs|semver)/.test(url))));
    `;
    const run = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      timeout: 15_000,
      encoding: "utf8",
    });
    expect([run.stdout, run.stderr]).toEqual(["[]", ""]);
  });
});

describe("the diagnosis", () => {
  test("tells places, keyring, proxies without their passwords, and trust", async () => {
    const diagnosis = await diagnoseHost({
      profileDir,
      vault: createSessionVault(createRedactor(), "there is none"),
      env: {
        HTTPS_PROXY: "http://user:do-not-tell@proxy.example:3128",
        NO_PROXY: "localhost",
        NODE_EXTRA_CA_CERTS: "/etc/company.pem",
      },
    });
    expect(diagnosis).toMatchObject({
      profile: { path: profileDir, exists: true },
      settings: { path: join(profileDir, "settings.json"), exists: false },
      log: { path: join(profileDir, "logs", "plimsoll.log"), exists: false },
      history: { kind: "off", reason: "absent" },
      vault: { kind: "session-only", problem: "there is none" },
      proxy: {
        variables: [
          { name: "HTTPS_PROXY", shown: "http://•••@proxy.example:3128", inForce: true },
          { name: "NO_PROXY", shown: "localhost", inForce: true },
        ],
        usedForHttp: false,
        usedForHttps: true,
      },
      trust: { extraFile: "/etc/company.pem" },
      nodeVersion: process.version,
      platform: process.platform,
    });
    expect(diagnosis.trust.default).toBeGreaterThan(50);
    expect(JSON.stringify(diagnosis)).not.toContain("do-not-tell");
  });
});
