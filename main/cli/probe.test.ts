import { execFile } from "node:child_process";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
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
async function plimsoll(args: readonly string[], stdin = "", cwd = process.cwd()): Promise<Ended> {
  const ended = await new Promise<Ended>((resolve) => {
    const child = execFile(
      process.execPath,
      [entry, ...args, "--profile", profile],
      {
        cwd,
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
    // A command that has seen enough reads no further.
    child.stdin?.on("error", () => undefined);
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
    schemaVersion: z.literal(1),
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
  [
    "a key of another party",
    ["--paste"],
    `{"openai": {"apiKey": "${KEY}"}, "lmstudio": {"baseURL": "http://127.0.0.1:1/v1"}}`,
    2,
    /may be for another service and was not taken/,
  ],
  [
    "a pasted key at another address",
    ["--paste", "--url", "http://127.0.0.1:1"],
    `curl https://llm.example.org -H "x-api-key: ${KEY}"`,
    2,
    /stands with another address than --url/,
  ],
  [
    "a pasted key at the address of its service where it tells quotas, without a keyring",
    ["--paste", "--kind", "requesty", "--url", "https://api-v2.requesty.ai"],
    `curl https://router.requesty.ai/v1 -H "x-api-key: ${KEY}"`,
    1,
    /^plimsoll: the key cannot be kept in the system keyring: (?!.*there is no system keyring)/,
  ],
  ["several addresses", ["--paste"], "A_URL=https://a.example B_URL=https://b.example", 2, /Several addresses/],
  ["a key out of a command", ["--paste"], "curl http://127.0.0.1:1 -H 'x-api-key: $(cat k)'", 2, /runs none/],
  [
    "a far too large key",
    ["--url", "http://127.0.0.1:1", "--key-stdin"],
    KEY.repeat(20_000),
    2,
    /^plimsoll: This is too long for a key/,
  ],
  ["no key at all", ["--url", "http://127.0.0.1:1", "--key-stdin"], " \n", 2, /^plimsoll: .*key/i],
  ["far too much", ["--paste"], KEY.repeat(20_000), 2, /too long/],
  [
    "a name that is the key",
    ["--url", "http://127.0.0.1:1", "--key-env", "OWN_KEY", "--label", `my ${KEY}`],
    "",
    2,
    /--label/,
  ],
  [
    "a name that is the pasted key, of a kind",
    ["--kind", "neutral", "--url", "http://127.0.0.1:1", "--key-stdin", "--label", KEY],
    KEY,
    2,
    /--label/,
  ],
  [
    "a name that is a key",
    ["--url", "http://127.0.0.1:1", "--key-env", "X", "--label", `sk-${"a1".repeat(20)}`],
    "",
    2,
    /--label/,
  ],
  ["a key in place of a variable", ["--url", "http://127.0.0.1:1", "--key-env", KEY], "", 2, /name of a variable/],
  ["a key in place of a kind", ["--kind", KEY, "--url", "http://127.0.0.1:1", "--key-env", "X"], "", 2, /no such kind/],
  ["a key as an argument", [KEY], "", 2, /--key-stdin/],
  ["a key as an option", [`--key=${KEY}`], "", 2, /--key-stdin/],
  ["plain http", ["--url", "http://llm.example.org", "--key-env", "OWN_KEY"], "", 2, /--allow-plain-http/],
])("saves nothing for %s", { timeout: PATIENCE_MS }, async (_, args, stdin, code, words) => {
  const ended = await plimsoll(["source", "add", ...args], stdin);
  expect(ended).toMatchObject({ code, stdout: "" });
  expect(ended.stderr).toMatch(words);
});

test("keeps a key's file by its whole path", { timeout: PATIENCE_MS }, async () => {
  await writeFile(join(profile, "auth.json"), JSON.stringify({ key: KEY }));
  const options = ["--url", gateway.origin, "--key-file", "auth.json", "--key-pointer", "/key"];
  expect((await plimsoll(["probe", ...options], "", profile)).code).toBe(0);
  expect((await plimsoll(["source", "add", "--kind", "neutral", ...options], "", profile)).code).toBe(0);
  const { stdout } = await plimsoll(["source", "list", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject([{ key: `file:${join(await realpath(profile), "auth.json")}#/key` }]);
  expect((await plimsoll(["status"])).code).toBe(0);
});

test("takes a key alone out of what was pasted, with an address of its own", { timeout: PATIENCE_MS }, async () => {
  const ended = await plimsoll(
    ["probe", "--paste", "--url", `${gateway.origin}/?page=keys`],
    `Authorization: Bearer ${KEY}\n`,
  );
  expect(ended).toMatchObject({ code: 0, stderr: "" });
});
