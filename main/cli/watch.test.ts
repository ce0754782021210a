import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type NeutralGateway, startNeutralGateway } from "../../tests/fault-gateway/neutral-gateway.ts";

const entry = join(import.meta.dirname, "plimsoll.ts");

/** Whole processes, started one after the other on a machine that may be busy. */
const PATIENCE_MS = 90_000;
const KEY = "sk-do-not-tell-0123456789";

let root = "";
let home = "";
let gateway: NeutralGateway;
let running: Running[];

interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<number | null>;
  stdout(): string;
  stderr(): string;
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "plimsoll-watch-"));
  home = join(root, "home");
  await mkdir(home);
  gateway = await startNeutralGateway(KEY);
  running = [];
});

afterEach(async () => {
  for (const { child } of running) child.kill("SIGKILL");
  await Promise.all(running.map(({ ended }) => ended));
  await gateway.close();
  await rm(root, { recursive: true, force: true });
});

function start(...args: readonly string[]): Running {
  const child = spawn(process.execPath, [entry, ...args, "--profile", join(root, "profile")], {
    cwd: root,
    env: {
      PATH: process.env["PATH"],
      HOME: home,
      XDG_RUNTIME_DIR: root,
      TZ: "UTC",
      PLIMSOLL_KEYRING: "off",
      TEAM_KEY: KEY,
    },
  });
  child.stdin.end();
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const started = { child, ended, stdout: () => stdout, stderr: () => stderr };
  running.push(started);
  return started;
}

async function saying(process: Running, text: string): Promise<void> {
  while (!process.stdout().includes(text)) {
    if (process.child.exitCode !== null) throw new Error(`it ended: ${process.stdout()}${process.stderr()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const events = (process: Running): { readonly type: string }[] =>
  process
    .stdout()
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));

test("shows what is left, tells of an alert in every watching terminal, and ends with Ctrl+C", {
  timeout: PATIENCE_MS,
}, async () => {
  const added = start(
    ...["source", "add", "--kind", "neutral", "--url", gateway.origin, "--key-env", "TEAM_KEY", "--label", "Team"],
  );
  expect([await added.ended, added.stderr()]).toEqual([0, ""]);

  const json = start("watch", "--json");
  await saying(json, '"state":"fresh"');
  const lines = start("watch");
  await saying(lines, "Team: Up to date");
  expect(gateway.polls).toBe(1);
  expect(events(json)).toMatchObject([{ type: "source", source: { label: "Team", state: "fresh" } }]);

  gateway.use(850);
  const status = start("status", "--fresh");
  expect(await status.ended).toBe(3);
  await saying(json, '"type":"alert"');
  await saying(lines, "! Team: 15% left");
  expect(gateway.polls).toBe(2);
  expect(events(json).map(({ type }) => type)).toEqual(["source", "source", "alert"]);
  expect(events(json)[2]).toMatchObject({
    schemaVersion: 1,
    title: "Team: 15% left",
    alerts: [{ kind: "percent-left", percentRemaining: 15, threshold: 20 }],
  });
  // No terminal, so nothing that only one would understand.
  for (const control of ["\x07", "\x1b"]) expect(lines.stdout()).not.toContain(control);

  for (const each of [lines, json]) {
    each.child.kill("SIGINT");
    expect(await each.ended).toBe(0);
  }
  expect(json.stderr()).toBe("");
  expect(lines.stderr()).toContain("this terminal shows what that one reads");
  expect(running.map((each) => each.stdout() + each.stderr()).join("")).not.toContain(KEY);
});
