import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { type NeutralGateway, startNeutralGateway } from "../../tests/fault-gateway/neutral-gateway.ts";

const entry = join(import.meta.dirname, "plimsoll.ts");

/** Whole processes, started one after the other on a machine that may be busy. */
const PATIENCE_MS = 60_000;
const KEY = "sk-fake-own-gateway-0123456789";

let profile = "";
let gateway: NeutralGateway;

beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), "plimsoll-probe-"));
  gateway = await startNeutralGateway(KEY);
});

afterEach(async () => {
  await gateway.close();
  await rm(profile, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. Whatever it prints, the key is not in it. */
async function plimsoll(args: readonly string[], stdin = ""): Promise<Ended> {
  const ended = await new Promise<Ended>((resolve) => {
    const child = execFile(
      process.execPath,
      [entry, ...args, "--profile", profile],
      {
        env: {
          PATH: process.env["PATH"],
          HOME: profile,
          TZ: "UTC",
          OWN_KEY: KEY,
          DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent/plimsoll-test-bus",
        },
      },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
    child.stdin?.end(stdin);
  });
  expect(ended.stdout + ended.stderr).not.toContain(KEY);
  return ended;
}

test("says what answers and what it tells, and saves nothing", { timeout: PATIENCE_MS }, async () => {
  const text = await plimsoll(["probe", "--url", gateway.origin, "--key-stdin"], `${KEY}\n`);
  expect(text).toMatchObject({ code: 0, stderr: "" });
  expect(text.stdout).toContain("Neutral gateway (--kind neutral): certain, known by its answer");
  expect(text.stdout).toMatch(/GET http:\/\/127\.0\.0\.1:\d+\/quota → 200/);

  const json = await plimsoll(["probe", "--url", gateway.origin, "--key-env", "OWN_KEY", "--json"]);
  const shape = z.object({
    outcome: z.literal("found"),
    candidates: z.tuple([
      z.object({ kind: z.literal("neutral"), reading: z.object({ meters: z.array(z.unknown()) }) }),
    ]),
  });
  expect(shape.parse(JSON.parse(json.stdout)).candidates[0].reading.meters.length).toBeGreaterThan(0);
  expect((await plimsoll(["source", "list"])).stdout).toBe("No sources yet.\n");
});

test("adds what it found without a kind, and prints nothing but the id", { timeout: PATIENCE_MS }, async () => {
  const pasted = `curl ${gateway.origin}/v1/chat/completions -H "Authorization: Bearer $OWN_KEY"`;
  const added = await plimsoll(["source", "add", "--paste", "--label", "Lab"], pasted);
  expect(added.code, added.stderr).toBe(0);
  expect(added.stdout).toMatch(/^[\da-f-]{36}\n$/);
  expect(added.stderr).toContain("Neutral gateway");
  const { stdout } = await plimsoll(["source", "list", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject([
    { kind: "neutral", label: "Lab", baseUrl: gateway.origin, key: "env:OWN_KEY" },
  ]);
});

test.each<[string, readonly string[], string, number, RegExp]>([
  [
    "an address to agree to",
    ["--url", "https://router.requesty.ai/v1", "--key-env", "OWN_KEY"],
    "",
    2,
    /--url https:\/\//,
  ],
  [
    "a service that tells nothing",
    ["--url", "https://api.together.xyz/v1", "--key-env", "OWN_KEY"],
    "",
    2,
    /tells no quota/,
  ],
  ["a password", ["--paste"], "curl -u me:pw https://llm.example.org", 2, /user name with a password/],
  ["no key", ["--url", "https://llm.example.org"], "", 2, /--key-env NAME/],
  ["a variable that is not set", ["--url", "http://127.0.0.1:1", "--key-env", "NOT_SET"], "", 4, /not set/],
  ["nobody there", ["--url", "http://127.0.0.1:1", "--key-env", "OWN_KEY"], "", 4, /cannot be reached/],
  ["plain http", ["--url", "http://llm.example.org", "--key-env", "OWN_KEY"], "", 2, /--allow-plain-http/],
])("saves nothing for %s", { timeout: PATIENCE_MS }, async (_, args, stdin, code, words) => {
  const ended = await plimsoll(["source", "add", ...args], stdin);
  expect(ended).toMatchObject({ code, stdout: "" });
  expect(ended.stderr).toMatch(words);
});
