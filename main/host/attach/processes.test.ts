import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { attachEngine } from "./attached-engine.ts";
import { findHost } from "./find-host.ts";
import { readHosts } from "./host-record.ts";

const SCRIPT = fileURLToPath(new URL("../../../tests/support/face-process.ts", import.meta.url));
/** Eight processes at once take their time on a busy machine. */
const PATIENCE_MS = 60_000;
const patient = { timeout: PATIENCE_MS };
const me = { face: "cli", pid: process.pid, version: "1.0.0", stay: "once" } as const;

/** A face in a process of its own. */
interface FaceProcess {
  readonly child: ChildProcess;
  /** Its roles, in order. */
  readonly roles: string[];
}

let folder: string;
let profile: string;
let running: FaceProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "faces-"));
  profile = join(folder, "profile");
  running = [];
});
afterEach(async () => {
  for (const face of running) await end(face, "SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function start(): FaceProcess {
  const child = spawn(process.execPath, [SCRIPT, profile], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, XDG_RUNTIME_DIR: folder },
  });
  const roles: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => roles.push(...chunk.toString().trim().split("\n")));
  const face = { child, roles };
  running.push(face);
  return face;
}

async function end({ child }: FaceProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "close");
  child.kill(signal);
  await ended;
}

/** Waits until each has a role; returns how many hosts there are, and which. */
async function settled(faces: readonly FaceProcess[]): Promise<FaceProcess> {
  const roles = () => faces.map((face) => face.roles.at(-1)).toSorted();
  const wanted = [...faces.slice(1).map(() => "attached"), "host"];
  await expect.poll(roles, patient).toEqual(wanted);
  const host = faces.find((face) => face.roles.at(-1) === "host");
  if (host === undefined) throw new Error("there is no host");
  return host;
}

it(
  "of eight processes started at once one is the host, and after each kill -9 of it exactly one follows",
  async () => {
    let faces = Array.from({ length: 8 }, start);
    let host = await settled(faces);
    for (const face of faces) expect(face.roles).toHaveLength(1);
    for (let round = 0; round < 4; round += 1) {
      await end(host, "SIGKILL");
      faces = faces.filter((face) => face !== host);
      host = await settled(faces);
      expect(await readHosts(profile)).toMatchObject([{ pid: host.child.pid }]);
      // Nothing is left of those that were killed but the one socket that is in use.
      expect(readdirSync(join(folder, "plimsoll"))).toHaveLength(1);
    }
  },
  5 * PATIENCE_MS,
);

it(
  "a host that was killed leaves nothing that stops the next, and one that ends leaves nothing at all",
  async () => {
    const first = start();
    await settled([first]);
    await end(first, "SIGKILL");
    expect(await findHost(profile, me)).toMatchObject({ type: "none", gone: [{ pid: first.child.pid }] });
    const second = start();
    await settled([second]);
    await end(second, "SIGTERM");
    expect(readdirSync(profile)).toEqual([]);
    expect(readdirSync(join(folder, "plimsoll"))).toEqual([]);
  },
  5 * PATIENCE_MS,
);

it(
  "a host that sleeps is not replaced, and is there again when it wakes up",
  async () => {
    const host = start();
    await settled([host]);
    const attached = start();
    await settled([host, attached]);
    host.child.kill("SIGSTOP");
    await expect(findHost(profile, me, { deadlineMs: 300 })).rejects.toMatchObject({ problem: "no-answer" });
    expect(attached.roles).toEqual(["attached"]);
    host.child.kill("SIGCONT");
    const found = await findHost(profile, me);
    if (found.type !== "running") throw new Error("it did not wake up");
    const engine = await attachEngine(found.connection, () => ({
      face: "cli",
      version: "1.0.0",
      platform: "test",
      settingsPath: "",
    }));
    host.child.stdin?.write("poll\n");
    await expect.poll(() => engine.state().sources.map(({ id }) => id), patient).toEqual([String(host.child.pid)]);
    engine.close();
  },
  5 * PATIENCE_MS,
);
