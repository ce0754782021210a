import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";

const entry = join(import.meta.dirname, "plimsoll.ts");
const PATIENCE_MS = 60_000;

let root = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "plimsoll-doctor-"));
  await mkdir(join(root, "profile"), { mode: 0o700 });
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function doctor(): Promise<string> {
  const child = spawn(process.execPath, [entry, "doctor", "--profile", join(root, "profile")], {
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: root, PLIMSOLL_KEYRING: "off" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  return readText(child.stdout);
}

test("names a host that cannot be spoken to, rather than none", { timeout: PATIENCE_MS }, async () => {
  expect(await doctor()).toMatch(/^Host {6}none runs on this profile; this command polled by itself$/m);
  const record = join(root, "profile", "host.json");
  await writeFile(record, "{}");
  await chmod(record, 0o644);
  const told = await doctor();
  expect(told).toMatch(/^Host {6}.*host\.json is open to other users .*; this command polled by itself$/m);
  expect(told).not.toContain("none runs");
});
