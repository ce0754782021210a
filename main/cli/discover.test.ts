import { execFile } from "node:child_process";
import { link, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { startNeutralGateway } from "../../tests/fault-gateway/neutral-gateway.ts";

const entry = join(import.meta.dirname, "plimsoll.ts");

/** Whole processes, started one after the other on a machine that may be busy. */
const PATIENCE_MS = 60_000;

const CODEX = "fake-codex-access-0123456789";
const ROUTER = "sk-or-v1-fake-0123456789abcdef";
const CLAUDE = "sk-ant-oat01-fake-0123456789";
const PILOT = "gho_fake0123456789abcdef";
const OWN = "sk-fake-own-gateway-0123456789";
const TOKENS = [CODEX, ROUTER, CLAUDE, PILOT, OWN];

const FILES = {
  ".codex/auth.json": { OPENAI_API_KEY: null, tokens: { access_token: CODEX, account_id: "acc-1" } },
  ".claude/.credentials.json": { claudeAiOauth: { accessToken: CLAUDE, expiresAt: Date.UTC(2025, 0, 1) } },
  ".local/share/opencode/auth.json": {
    openai: { type: "oauth", access: CODEX, expires: Date.UTC(2100, 0, 1) },
    openrouter: { type: "api", key: ROUTER },
  },
  ".config/github-copilot/apps.json": { "github.com:Iv1": { user: "ada", oauth_token: PILOT } },
  ".gemini/oauth_creds.json": "{ broken",
};

let root = "";
let home = "";
let output = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "plimsoll-discover-"));
  home = join(root, "home");
  output = "";
  for (const [name, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(home, name)), { recursive: true });
    await writeFile(join(home, name), typeof content === "string" ? content : JSON.stringify(content));
    await utimes(join(home, name), 1_700_000_000, 1_700_000_000);
  }
});

afterEach(async () => {
  // Whatever the test did: no tool's file was touched, and no key got out of its place.
  for (const [name, content] of Object.entries(FILES)) {
    const path = join(home, name);
    expect(await readFile(path, "utf8")).toBe(typeof content === "string" ? content : JSON.stringify(content));
    expect((await stat(path)).mtimeMs).toBe(1_700_000_000_000);
  }
  for (const name of await readdir(root, { recursive: true })) {
    if (name.startsWith("home") || !(await stat(join(root, name))).isFile()) continue;
    output += await readFile(join(root, name), "utf8");
  }
  for (const token of TOKENS) expect(output).not.toContain(token);
  await rm(root, { recursive: true, force: true });
});

async function plimsoll(args: readonly string[], env: Record<string, string> = {}) {
  const { PATH = "" } = process.env;
  const ended = await new Promise<{ code: number; stdout: string; stderr: string }>((resolve, reject) => {
    execFile(
      process.execPath,
      [entry, ...args, "--profile", join(root, "profile")],
      {
        env: { PATH, HOME: home, USERPROFILE: home, TZ: "UTC", PLIMSOLL_KEYRING: "off", ...env },
        timeout: PATIENCE_MS,
      },
      (error, stdout, stderr) => {
        if (error === null) resolve({ code: 0, stdout, stderr });
        else if (typeof error.code === "number") resolve({ code: error.code, stdout, stderr });
        else reject(error);
      },
    );
  });
  output += ended.stdout + ended.stderr;
  return ended;
}

const foundSchema = z.object({
  schemaVersion: z.literal(1),
  findings: z.array(
    z.object({
      id: z.string(),
      kind: z.string().nullable(),
      tool: z.string().nullable(),
      state: z.string(),
      address: z.string().nullable(),
      source: z.string().nullable(),
      needs: z.array(z.string()),
      place: z.object({ type: z.string(), path: z.string().optional(), pointer: z.string().optional() }),
      alsoAt: z.array(z.unknown()),
    }),
  ),
  places: z.array(z.object({ tool: z.string().nullable(), outcome: z.string() })),
});

async function discover(args: readonly string[] = [], env: Record<string, string> = {}) {
  const { stdout, code } = await plimsoll(["discover", "--json", ...args], env);
  expect(code).toBe(0);
  return foundSchema.parse(JSON.parse(stdout));
}

test("finds what tools keep, and says where and whether it can be used", { timeout: PATIENCE_MS }, async () => {
  const { findings, places } = await discover();
  expect(
    findings.map(({ tool, state, place, alsoAt }) => [tool, state, place.path, place.pointer, alsoAt.length]),
  ).toEqual([
    ["opencode", "usable", "~/.local/share/opencode/auth.json", "/openrouter/key", 0],
    ["Claude Code", "expired", "~/.claude/.credentials.json", "/claudeAiOauth/accessToken", 0],
    ["Codex CLI", "usable", "~/.codex/auth.json", "/tokens/access_token", 1],
    ["GitHub Copilot plug-in", "usable", "~/.config/github-copilot/apps.json", "/github.com:Iv1/oauth_token", 0],
  ]);
  expect(places.find(({ tool }) => tool === "Gemini CLI")?.outcome).toBe("not-json");
  const { stdout } = await plimsoll(["discover"]);
  expect(stdout).toContain("~/.codex/auth.json, at /tokens/access_token");
  expect(stdout).toContain("Nothing was sent anywhere, and nothing was saved.");
  expect(stdout).not.toContain("Not JSON");
  expect((await plimsoll(["discover", "--all"])).stdout).toContain("(Gemini CLI): Not JSON");
  expect(JSON.parse((await plimsoll(["source", "list", "--json"])).stdout)).toEqual([]);
});

test("saves a reference to what is named, and knows it again", { timeout: PATIENCE_MS }, async () => {
  const wanted = (await discover()).findings.find(({ tool }) => tool === "Codex CLI")?.id ?? "";
  const added = await plimsoll(["discover", "--add", wanted]);
  expect(added).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse((await plimsoll(["source", "list", "--json"])).stdout)).toMatchObject([
    { id: added.stdout.trim(), key: "file:~/.codex/auth.json#/tokens/access_token" },
  ]);
  const again = (await discover()).findings.find(({ id }) => id === wanted);
  expect(again?.source).toBe(added.stdout.trim());
  expect((await plimsoll(["discover", "--add", "nothing-00000000"])).code).toBe(2);
  // All that can be used as it is; what has expired has to be named.
  const all = await plimsoll(["discover", "--add-all"]);
  expect(all.code).toBe(0);
  expect(all.stdout.trim().split("\n")).toHaveLength(3);
  const listed: unknown = JSON.parse((await plimsoll(["source", "list", "--json"])).stdout);
  expect(listed).toMatchObject([{ kind: "codex" }, { kind: "openrouter" }, { kind: "copilot" }]);
});

test("adds a gateway of one's own by what it answers, and polls it", { timeout: PATIENCE_MS }, async () => {
  const gateway = await startNeutralGateway(OWN);
  try {
    const env = { OPENAI_BASE_URL: gateway.origin, OPENAI_API_KEY: OWN };
    const [finding] = (await discover([], env)).findings.filter(({ kind }) => kind === null);
    expect(finding).toMatchObject({ needs: ["kind"], address: gateway.origin, state: "usable" });
    expect(gateway.polls).toBe(0);
    expect(await plimsoll(["discover", "--add", finding?.id ?? ""], env)).toMatchObject({ code: 0 });
    const status = await plimsoll(["status", "--json"], env);
    expect(JSON.parse(status.stdout)).toMatchObject({ sources: [{ state: "fresh", meters: [{ remaining: 900 }] }] });
  } finally {
    await gateway.close();
  }
});

test.each<[string, (response: ServerResponse) => void, RegExp]>([
  [
    "a refused key",
    (response) => {
      response.writeHead(401, { "content-type": "application/json", "x-litellm-version": "1.80.0" });
      response.end(JSON.stringify({ error: { message: "no", type: "auth_error", code: "401" } }));
    },
    /LiteLLM answers, and refused the key/,
  ],
  ["refusals alone", (response) => response.writeHead(401).end("{}"), /The key was refused/],
  [
    "a web page",
    (response) => response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><html></html>"),
    /A web page came back/,
  ],
  ["a wish to wait", (response) => response.writeHead(429).end("{}"), /It asked us to wait/],
  [
    "a redirect",
    (response) => response.writeHead(302, { location: "https://login.example.com/" }).end(),
    /It redirects to another host.*login\.example\.com/,
  ],
  ["nobody there", (response) => response.destroy(), /It cannot be reached/],
])("adds no gateway of one's own that answers with %s", { timeout: PATIENCE_MS }, async (_, answer, words) => {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const env = { OPENAI_BASE_URL: `http://127.0.0.1:${address.port}`, OPENAI_API_KEY: OWN };
    const [finding] = (await discover([], env)).findings.filter(({ kind }) => kind === null);
    const ended = await plimsoll(["discover", "--add", finding?.id ?? ""], env);
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toMatch(words);
    expect(ended.stderr).toContain("nothing was saved");
    expect(JSON.parse((await plimsoll(["source", "list", "--json"])).stdout)).toEqual([]);
  } finally {
    server.close();
  }
});

test("says what a finding needs, and what --add-all left alone", { timeout: PATIENCE_MS }, async () => {
  const env = {
    OPENAI_BASE_URL: "http://llm.example.org/v1",
    OPENAI_API_KEY: OWN,
    CLOUDFLARE_API_TOKEN: OWN,
    LITELLM_API_KEY: OWN,
  };
  const { findings } = await discover([], env);
  const idOf = (kind: string | null) => findings.find((finding) => finding.kind === kind)?.id ?? "";
  expect(findings.find(({ kind }) => kind === "cloudflare")?.needs).toEqual(["options"]);
  const { stdout } = await plimsoll(["discover"], env);
  expect(stdout).toContain(
    "It needs the option accountId: plimsoll source add --kind cloudflare --option accountId=VALUE --key-env CLOUDFLARE_API_TOKEN",
  );
  expect(stdout).toContain("plimsoll source add --kind litellm --url ADDRESS --key-env LITELLM_API_KEY");
  expect(stdout).toContain(
    "plimsoll source add --url http://llm.example.org/v1 --allow-plain-http --key-env OPENAI_API_KEY",
  );
  const all = await plimsoll(["discover", "--add-all"], env);
  expect(all.code).toBe(0);
  for (const kind of [null, "cloudflare", "litellm", "claude-code"]) {
    const id = idOf(kind);
    if (id !== "") expect(all.stderr).toContain(`not added: ${id}`);
  }
  expect(all.stderr).toContain("has expired");
  const one = await plimsoll(["discover", "--add", idOf("cloudflare")], env);
  expect(one).toMatchObject({ code: 2, stdout: "" });
  expect(one.stderr).toContain("needs the option accountId");
  expect((await plimsoll(["discover", "--add", OWN], env)).stderr).toContain("nothing was found");
});

test("says so where a file holds more than is looked at", { timeout: PATIENCE_MS }, async () => {
  const many = Array.from({ length: 9_000 }, (_, index) => [`github.com:m${index}`, { oauth_token: PILOT + index }]);
  const other = join(root, "other");
  await mkdir(join(other, "github-copilot"), { recursive: true });
  await writeFile(join(other, "github-copilot/apps.json"), JSON.stringify(Object.fromEntries(many)));
  const { stdout, code } = await plimsoll(["discover"], { XDG_CONFIG_HOME: other });
  expect(code).toBe(0);
  expect(stdout).toMatch(/Not looked at whole: .*apps\.json.*Holds more entries than Plimsoll looks at/);
  await rm(other, { recursive: true });
});

test("a tool's token goes to this computer when told to, and nowhere else but home", {
  timeout: PATIENCE_MS,
}, async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ key: "k", tokens: { limit: 100, used: 10 } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const add = (url: string, ...rest: string[]) =>
      plimsoll(["source", "add", "--kind", "neutral", "--url", url, "--key-file", "~/.codex/auth.json", ...rest]);
    const pointer = ["--key-pointer", "/tokens/access_token"];
    expect((await add(`http://127.0.0.1:${address.port}`)).code).toBe(2);
    expect((await add(`http://127.0.0.1:${address.port}`, ...pointer)).code).toBe(0);
    const { stdout, code } = await plimsoll(["status", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ sources: [{ state: "fresh" }] });
    expect(code).toBe(0);
    expect(asked).toEqual([`Bearer ${CODEX}`]);
    expect((await add("https://llm.example.org", ...pointer)).code).toBe(0);
    // Another name of the same file is no way around that.
    await link(join(home, ".codex/auth.json"), join(home, "mine.json"));
    const named = ["--key-file", join(home, "mine.json"), ...pointer, "--label", "By another name"];
    const elsewhere = ["source", "add", "--kind", "neutral", "--url", "https://llm.example.org", ...named];
    expect((await plimsoll(elsewhere)).code).toBe(0);
    const linked: unknown = JSON.parse((await plimsoll(["status", "--json"])).stdout);
    const refused = { label: "By another name", state: "needs-key", cause: "not-for-this-address" };
    expect(linked).toMatchObject({ sources: expect.arrayContaining([expect.objectContaining(refused)]) });
    const both: unknown = JSON.parse((await plimsoll(["status", "--json"])).stdout);
    expect(both).toMatchObject({
      sources: expect.arrayContaining([expect.objectContaining({ state: "needs-key", cause: "not-for-this-address" })]),
    });
  } finally {
    server.close();
  }
});
