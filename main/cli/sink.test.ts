import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as z from "zod";

const entry = join(import.meta.dirname, "plimsoll.ts");

/** Whole processes, started one after the other on a machine that may be busy. */
const PATIENCE_MS = 60_000;
const SECRET = "my-secret-topic-8f7e6d5c";

let root = "";
let home = "";
let server: Server;
let bodies: unknown[];
let address = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "plimsoll-sink-"));
  home = join(root, "home");
  await mkdir(home);
  bodies = [];
  server = createServer((request, response) => {
    void readText(request).then((body) => {
      bodies.push(JSON.parse(body));
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const place = server.address();
  if (place === null || typeof place === "string") throw new Error("the server listens on no port");
  address = `http://127.0.0.1:${place.port}/${SECRET}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  for (const name of await readdir(root, { recursive: true })) {
    const path = join(root, name);
    if ((await stat(path)).isFile()) expect(await readFile(path, "utf8"), name).not.toContain(SECRET);
  }
  await rm(root, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[], { input = "", env = {} } = {}): Promise<Ended> {
  const profile = args.indexOf("--");
  const at = profile === -1 ? args.length : profile;
  const all = [...args.slice(0, at), "--profile", join(root, "profile"), ...args.slice(at)];
  const child = spawn(process.execPath, [entry, "sink", ...all], {
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: home, PLIMSOLL_KEYRING: "off", ...env },
  });
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [stdout, stderr, code] = await Promise.all([readText(child.stdout), readText(child.stderr), ended]);
  expect(stdout + stderr).not.toContain(SECRET);
  return { code, stdout, stderr };
}

const rows = z.array(z.looseObject({ id: z.string() }));
const listed = async () => rows.parse(JSON.parse((await run(["list", "--json"])).stdout));

test("a webhook by a variable: add, list, test, remove", { timeout: PATIENCE_MS }, async () => {
  const env = { ALERT_URL: address };
  const added = await run(["add-webhook", "--format", "ntfy", "--url-env", "ALERT_URL", "--label", "Phone"], { env });
  expect(added).toMatchObject({ code: 0, stderr: "" });
  const id = added.stdout.trim();
  expect(await listed()).toEqual([
    {
      id,
      type: "webhook",
      label: "Phone",
      enabled: true,
      format: "ntfy",
      origin: new URL(address).origin,
      address: "env:ALERT_URL",
      hasToken: false,
    },
  ]);
  const tested = await run(["test", id], { env });
  expect(tested).toMatchObject({ code: 0, stdout: `delivered: 200 from ${new URL(address).origin}\n` });
  expect(bodies).toEqual([expect.objectContaining({ topic: SECRET, title: "Test: Plimsoll: 9% left" })]);
  expect(await run(["test", id])).toMatchObject({
    code: 1,
    stdout: "not delivered: the variable ALERT_URL with its address is not set\n",
  });
  expect(await run(["remove", id])).toMatchObject({ code: 0, stderr: "Removed Phone.\n" });
  expect(await run(["list"])).toMatchObject({ code: 0, stdout: "No sinks yet.\n" });
});

test("a program: what follows -- is kept as it is", { timeout: PATIENCE_MS }, async () => {
  const report = join(root, "report");
  const code = "require('fs').writeFileSync(process.argv[1], JSON.stringify([process.argv.slice(2), process.env]))";
  const added = await run([
    "add-command",
    "--timeout",
    "60",
    "--",
    process.execPath,
    "-e",
    code,
    report,
    "; rm x",
    "--json",
  ]);
  expect(added).toMatchObject({ code: 0, stderr: "" });
  expect(await listed()).toMatchObject([
    { label: "node", argv: [process.execPath, "-e", code, report, "; rm x", "--json"], timeoutSeconds: 60 },
  ]);
  expect(await run(["test", added.stdout.trim()], { env: { OPENAI_API_KEY: SECRET } })).toMatchObject({
    code: 0,
    stdout: "delivered: ended with status 0\n",
  });
  const [args, env] = z
    .tuple([z.array(z.string()), z.record(z.string(), z.string())])
    .parse(JSON.parse(await readFile(report, "utf8")));
  expect(args).toEqual(["; rm x", "--json"]);
  expect(env).toMatchObject({ PLIMSOLL_TEST: "1", PLIMSOLL_PERCENT: "9", HOME: home });
});

test("what is wrong is told, and nothing is saved", { timeout: PATIENCE_MS }, async () => {
  const webhook = ["add-webhook", "--format"];
  for (const [args, input, words, code] of [
    [[...webhook, "teams", "--url-stdin"], address, "--format is one of", 2],
    [[...webhook, "json"], "", "--url-stdin or --url-env NAME is needed", 2],
    [[...webhook, "json", "--url-env", address], "", "A variable's name", 2],
    [[...webhook, "json", "--url-stdin"], `http://10.0.0.1/${SECRET}`, "plain http on another computer", 2],
    [[...webhook, "ntfy", "--url-stdin"], address.replace(SECRET, ""), "ends in its topic", 2],
    [[...webhook, "json", "--url-stdin"], `${address}\n${SECRET}`, "more than one line", 2],
    // The command ends at once, and with it what only it would remember.
    [[...webhook, "json", "--url-stdin"], address, "cannot be kept in the system keyring", 1],
    [["add-command", "--", "no-such-program-of-plimsoll"], "", "no such program", 2],
    [["add-command", "--timeout", "0", "--", "ls"], "", "from 1 to 60", 2],
    [["add-command"], "", "missing required argument", 2],
    [["test", "gone"], "", "there is no sink with this id", 2],
    [["remove", "gone"], "", "there is no sink with this id", 2],
  ] as const) {
    const ended = await run(args, { input });
    expect([args, ended.stderr, ended.code]).toEqual([args, expect.stringContaining(words), code]);
    expect(ended.stdout).toBe("");
  }
  expect(await listed()).toEqual([]);
});
