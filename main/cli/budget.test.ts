import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as z from "zod";

const entry = join(import.meta.dirname, "plimsoll.ts");

/** Whole processes, started one after the other on a machine that may be busy. */
const PATIENCE_MS = 120_000;

let root = "";
let home = "";
let server: Server;
let address = "";
/** Dollars that the gateway has counted so far. */
let spent = 100;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "plimsoll-budget-"));
  home = join(root, "home");
  await mkdir(home);
  spent = 100;
  server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ cost: { limit: null, used: spent, currency: "USD" } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const place = server.address();
  if (place === null || typeof place === "string") throw new Error("the server listens on no port");
  address = `http://127.0.0.1:${place.port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(root, { recursive: true, force: true });
});

async function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [entry, ...args, "--profile", join(root, "profile")], {
    cwd: root,
    // The day must not end while the test runs.
    env: {
      PATH: process.env["PATH"],
      HOME: home,
      PLIMSOLL_KEYRING: "off",
      KEY: "sk-0123456789abcdef",
      TZ: quietZone(),
    },
  });
  child.stdin.end();
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [stdout, stderr, code] = await Promise.all([readText(child.stdout), readText(child.stderr), ended]);
  return { code, stdout, stderr };
}

/** A zone where it is about noon. */
function quietZone(): string {
  const offset = 12 - new Date().getUTCHours();
  return `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset)}`;
}

const listSchema = z.array(z.looseObject({ id: z.string(), used: z.number().nullable() }));
const listed = async () => listSchema.parse(JSON.parse((await run("budget", "list", "--json")).stdout));

test("a budget is set, counted by each status, listed and removed", { timeout: PATIENCE_MS }, async () => {
  const source = (
    await run("source", "add", "--kind", "neutral", "--url", address, "--key-env", "KEY", "--label", "Team")
  ).stdout.trim();
  const added = await run("budget", "add", "--period", "day", "--limit", "20", "--currency", "usd", "--source", source);
  expect(added).toMatchObject({ code: 0, stderr: "" });
  const id = added.stdout.trim();

  expect((await run("status")).code).toBe(0);
  spent = 105.5;
  const low = await run("status");
  expect(low.stdout).toContain("$14.50 left of $20.00");
  expect(low.code).toBe(0);
  spent = 118;
  const json = await run("status", "--json");
  // The budget is at its line, which the gateway itself has none of.
  expect(json.code).toBe(3);
  const sources = z
    .object({
      sources: z.array(z.looseObject({ id: z.string(), kind: z.string(), state: z.string() })),
      prepaid: z.array(z.unknown()),
    })
    .parse(JSON.parse(json.stdout));
  expect(sources.sources.find(({ kind }) => kind === "budget")).toMatchObject({
    id: `budget:${id}`,
    label: "$20.00 a day",
    state: "fresh",
    meters: [{ id: "budget", used: 18, remaining: 2, limit: 20, currency: "USD", window: "day" }],
  });
  expect(sources.prepaid).toEqual([]);

  expect(await listed()).toMatchObject([
    {
      id,
      label: "$20.00 a day",
      limit: 20,
      currency: "USD",
      period: "day",
      scope: { type: "source", sourceId: source },
      used: 18,
      remaining: 2,
      percentRemaining: 10,
      muted: false,
    },
  ]);
  expect((await run("budget", "list")).stdout).toContain("a day, over Team");
  expect((await run("doctor")).stdout).not.toContain("$20.00 a day");
  expect(await run("budget", "remove", id)).toMatchObject({ code: 0, stderr: "Removed $20.00 a day.\n" });
  expect((await run("budget", "list")).stdout).toBe("No budgets yet.\n");
});

test("mistakes are named, and nothing is saved", { timeout: PATIENCE_MS }, async () => {
  const day = ["budget", "add", "--period", "day"];
  const wrong: [string[], string][] = [
    [[...day, "--limit", "5"], "--currency CODE"],
    [[...day, "--limit", "0", "--currency", "USD"], "a number above 0"],
    [[...day, "--limit", "five", "--currency", "USD"], "a number above 0"],
    [[...day, "--limit", "5", "--currency", "USD", "--unit", "tokens"], "not both"],
    [[...day, "--limit", "5", "--currency", "USD", "--source", "a", "--group", "b"], "not both"],
    [[...day, "--limit", "5", "--currency", "USD", "--source", "nobody"], "no source with this id"],
    [[...day, "--limit", "5", "--currency", "USD", "--rate", "EUR"], "--rate takes"],
    [[...day, "--limit", "5", "--currency", "USD", "--rate", "USD=1"], "needs no rate"],
    [[...day, "--limit", "5", "--currency", "USD", "--warn", "120"], "--warn takes"],
    [["budget", "add", "--period", "year", "--limit", "5", "--currency", "USD"], "Allowed choices"],
    [["budget", "remove", "nothing"], "no budget with this id"],
  ];
  for (const [args, message] of wrong) {
    const ended = await run(...args);
    expect(ended.stderr, args.join(" ")).toContain(message);
    expect(ended.code, args.join(" ")).toBe(2);
    expect(ended.stdout).toBe("");
  }
  expect(await listed()).toEqual([]);
});
