import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCommandRunner } from "./command-runner.ts";

const NODE = process.execPath;
const KEY = "sk-do-not-tell-0123456789";
const LONG = 60_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-command-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const runner = (env: Readonly<Record<string, string | undefined>> = process.env) => createCommandRunner({ env });
const never = (): AbortSignal => new AbortController().signal;

/** A program of one line that writes what it sees into a file of the test. */
const program = (code: string) => [NODE, "-e", `const fs = require("fs"); ${code}`];
const report = (value: string) => program(`fs.writeFileSync(${JSON.stringify(join(folder, "report"))}, ${value})`);
const reported = (): string => readFileSync(join(folder, "report"), "utf8");

async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function fileWritten(path: string): Promise<string> {
  for (;;) {
    try {
      const text = readFileSync(path, "utf8");
      if (text.endsWith("\n")) return text.trim();
    } catch {}
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("a program of the user's", () => {
  it("gets the facts and no more of the environment than it needs", async () => {
    const env = {
      ...process.env,
      PATH: process.env["PATH"],
      LC_TIME: "de_DE.UTF-8",
      OPENROUTER_API_KEY: KEY,
      PLIMSOLL_KEYRING: "off",
      NODE_OPTIONS: "--no-warnings",
      SSH_AUTH_SOCK: "/run/agent",
      HTTPS_PROXY: `http://user:${KEY}@proxy`,
    };
    const outcome = await runner(env).run({
      argv: report("JSON.stringify(process.env)"),
      env: { PLIMSOLL_SOURCE: "Team gateway", PLIMSOLL_TITLE: "Größer $(id) `id`" },
      timeoutMs: LONG,
      signal: never(),
    });
    expect(outcome).toEqual({ ok: true, detail: "ended with status 0" });
    const seen: Record<string, string> = JSON.parse(reported());
    expect(seen).toMatchObject({
      PATH: process.env["PATH"],
      LC_TIME: "de_DE.UTF-8",
      PLIMSOLL_SOURCE: "Team gateway",
      PLIMSOLL_TITLE: "Größer $(id) `id`",
    });
    expect(Object.keys(seen)).toEqual(
      expect.not.arrayContaining(["NODE_OPTIONS", "SSH_AUTH_SOCK", "PLIMSOLL_KEYRING"]),
    );
    expect(reported()).not.toContain(KEY);
  });

  it("is read by no shell, and finds nothing on standard input", async () => {
    const outcome = await runner().run({
      argv: [
        ...report('JSON.stringify([process.argv.slice(1), fs.readFileSync(0, "utf8")])'),
        "; rm -rf /tmp/x",
        "$(touch pwned)",
        "a b",
        "*",
      ],
      env: {},
      timeoutMs: LONG,
      signal: never(),
    });
    expect(outcome.ok).toBe(true);
    expect(JSON.parse(reported())).toEqual([["; rm -rf /tmp/x", "$(touch pwned)", "a b", "*"], ""]);
  });

  it("may write as much as it likes, and none of it is told", async () => {
    const outcome = await runner().run({
      argv: program(`process.stdout.write("${KEY}".repeat(200_000)); console.error("${KEY}"); process.exitCode = 3`),
      env: {},
      timeoutMs: LONG,
      signal: never(),
    });
    expect(outcome).toEqual({ ok: false, detail: "ended with status 3" });
  });

  it.each([
    ["that is not there", [join(tmpdir(), "no-such-program-of-plimsoll"), KEY], "there is no such program"],
    [
      "with a character that none takes",
      [NODE, `a\0${KEY}`],
      "its name or arguments hold a character that no program takes",
    ],
    ["with too long an argument", [NODE, "-e", KEY.repeat(100_000)], "its arguments are too long"],
    ["without a name", [""], "no program is named"],
  ])("%s is told in words, without its arguments", async (_what, argv, detail) => {
    expect(await runner().run({ argv, env: {}, timeoutMs: LONG, signal: never() })).toEqual({ ok: false, detail });
  });

  it("without permission to run is told so", async () => {
    const path = join(folder, "not-executable");
    writeFileSync(path, "#!/bin/sh\n", { mode: 0o600 });
    expect(await runner().run({ argv: [path], env: {}, timeoutMs: LONG, signal: never() })).toEqual({
      ok: false,
      detail: "the program may not be run (no permission)",
    });
  });

  it.each(["hook.cmd", "C:\\tools\\HOOK.BAT", "hook.bat. ."])("%s is refused on Windows", async (name) => {
    const windows = createCommandRunner({ env: process.env, platform: "win32" });
    expect(await windows.run({ argv: [name], env: {}, timeoutMs: LONG, signal: never() })).toEqual({
      ok: false,
      detail: expect.stringContaining("batch files"),
    });
  });
});

describe("a program that does not end", () => {
  /** Starts a child that ignores a polite end, and tells its process id. */
  const withChild = (own: string) =>
    program(
      `process.on("SIGTERM", () => ${own});
       const child = require("child_process").spawn(process.execPath,
         ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log(process.pid)"],
         { stdio: ["ignore", "pipe", "ignore"] });
       child.stdout.on("data", (pid) => fs.writeFileSync(${JSON.stringify(join(folder, "child"))}, pid));
       setInterval(() => {}, 1000);`,
    );

  it.each([
    ["that ends when asked", "process.exit(0)"],
    ["that ignores it", "undefined"],
  ])("is ended with its children when its time is over: one %s", async (_what, own) => {
    const controller = new AbortController();
    // A time-out so long that the child is surely there would make the test slow: end it as soon as it is.
    const running = runner().run({ argv: withChild(own), env: {}, timeoutMs: LONG, signal: controller.signal });
    const child = Number(await fileWritten(join(folder, "child")));
    controller.abort();
    expect(await running).toEqual({ ok: false, detail: "Plimsoll ended before it was done" });
    await untilGone(child);
  });

  it("is told as such", async () => {
    const outcome = await runner().run({
      argv: program("setInterval(() => {}, 1000)"),
      env: {},
      timeoutMs: 300,
      signal: never(),
    });
    expect(outcome).toEqual({ ok: false, detail: "took longer than 0.3 s and was ended" });
  });

  it("is not begun once the app ends", async () => {
    const signal = AbortSignal.abort();
    expect(await runner().run({ argv: report('"x"'), env: {}, timeoutMs: LONG, signal })).toMatchObject({ ok: false });
    expect(reported).toThrow();
  });
});
