// @vitest-environment node
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type NeutralGateway, startNeutralGateway } from "../fault-gateway/neutral-gateway.ts";
import { call, eventually, setUpApps, tooltipWith, trayOf } from "./app-under-test.ts";

const KEY = "sk-attached-0f1e2d3c4b5a69788796";
const ROOT = join(import.meta.dirname, "../..");
const CLI = join(ROOT, "dist/cli/plimsoll.cjs");
const apps = setUpApps();
let gateway: NeutralGateway;
let ending: (() => Promise<unknown>)[];

beforeAll(async () => {
  // Quick when what is built is what the sources give.
  const build = spawnSync(process.execPath, ["build/compile.mjs", "cli"], { cwd: ROOT, encoding: "utf8" });
  if (build.status !== 0) throw new Error(`the command could not be built:\n${build.stderr}`);
  gateway = await startNeutralGateway(KEY);
}, 180_000);
afterAll(() => gateway.close());
beforeEach(() => {
  gateway.use(100);
  ending = [];
  mkdirSync(join(apps.folder, "run"), { mode: 0o700 });
});
afterEach(async () => {
  for (const end of ending) await end();
});

const env = () => ({ XDG_RUNTIME_DIR: join(apps.folder, "run"), PLIMSOLL_KEYRING: "off", ATTACHED_KEY: KEY });

/** Runs the terminal's command on the app's profile. */
function plimsoll(...args: readonly string[]) {
  const child = spawn(process.execPath, [CLI, ...args, "--profile", apps.profile], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"] ?? "", HOME: apps.folder, LC_ALL: "en_US.UTF-8", TZ: "UTC", ...env() },
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = once(child, "close");
  ending.push(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await ended;
  });
  return { child, ended, output: () => output };
}

async function add(label: string): Promise<void> {
  const address = ["--kind", "neutral", "--url", gateway.origin, "--key-env", "ATTACHED_KEY"];
  const { ended, output } = plimsoll("source", "add", ...address, "--label", label);
  const [code] = await ended;
  expect(code, output()).toBe(0);
}

it("shows and warns of what a browser face reads, polls nothing itself, and takes over when that is killed", async () => {
  await add("Team");
  const serve = plimsoll("serve", "--no-open");
  await expect.poll(() => gateway.polls, { timeout: 15_000 }).toBe(1);
  const app = apps.start({ env: env() });
  await tooltipWith(app, "Team: 90%");
  const state = await call(app, "state.get", undefined);
  expect(state).toMatchObject({
    value: { host: { face: "desktop", attachedTo: { face: "web", pid: serve.child.pid, lostSince: null } } },
  });
  expect(gateway.polls).toBe(1);

  // The browser face has no notifications of its own.
  expect(await call(app, "alerts.sample", undefined)).toEqual({ ok: true, value: { shown: true } });
  gateway.use(850);
  await call(app, "sources.refresh", { id: null });
  await eventually(
    () => app.ask("notifications"),
    (shown) => shown.some(({ title }) => title === "Team: 15% left"),
  );
  expect(gateway.polls).toBe(2);

  serve.child.kill("SIGKILL");
  await eventually(
    () => call(app, "state.get", undefined),
    (answer) => !JSON.stringify(answer).includes("attachedTo"),
  );
  await tooltipWith(app, "Team: 15%");
  await add("Second");
  await tooltipWith(app, "Second");
  expect(await app.quit()).toBe(0);
});

it("answers the terminal while it runs itself", async () => {
  await add("Team");
  const app = apps.start({ env: env(), args: ["--hidden"] });
  await tooltipWith(app, "Team: 90%");
  const polls = gateway.polls;
  const status = plimsoll("status");
  expect((await status.ended)[0]).toBe(0);
  expect(status.output()).toContain("900 left");
  const doctor = plimsoll("doctor");
  await doctor.ended;
  expect(doctor.output()).toMatch(/^Host +desktop app, process \d+, .+; nothing else attached$/m);
  expect(gateway.polls).toBe(polls);
  expect(await app.quit()).toBe(0);
});

it("does not start beside one that it cannot speak to, and says why", async () => {
  await add("Team");
  const serve = plimsoll("serve", "--no-open");
  await expect.poll(() => serve.output(), { timeout: 15_000 }).toContain("Plimsoll is at");
  serve.child.kill("SIGSTOP");
  const app = apps.start({ env: env() });
  await eventually(
    async () => app.output(),
    (text) => text.includes("does not answer") || text.includes("could not start"),
  );
  serve.child.kill("SIGCONT");
  const next = apps.start({ env: env() });
  await trayOf(next);
});
