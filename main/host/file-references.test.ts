import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FileReference } from "../../app/ports.ts";
import { createCredentialReferences } from "./credential-references.ts";
import { resolveFilePlaces, resolveFileReference } from "./file-references.ts";
import { createRedactor } from "./redactor.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const TOKEN = "tok-0123456789abcdef";
const windows = process.platform === "win32";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "plimsoll-files-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const reference = (change: Partial<FileReference> = {}): FileReference => ({
  path: "~/auth.json",
  pointer: "/tokens/access_token",
  facts: {},
  expires: null,
  ...change,
});
const lookUp = (change: Partial<FileReference> = {}, now = NOW) =>
  resolveFileReference(reference(change), now, { env: {}, home, redactor: createRedactor() });
const places = (change: Partial<FileReference> = {}) =>
  resolveFilePlaces(reference(change), NOW, { env: {}, home, redactor: createRedactor() });
const write = (content: unknown, name = "auth.json") =>
  writeFile(join(home, name), typeof content === "string" ? content : JSON.stringify(content));
const missing = (reason: string, detail = "~/auth.json") => ({ found: false, reason, detail });

test("gives what lies at the pointer, with the facts beside it", async () => {
  await write({ tokens: { access_token: TOKEN, account_id: "acc-1", empty: "", number: 4 } });
  const facts = { account: "/tokens/account_id", empty: "/tokens/empty", number: "/tokens/number", none: "/x" };
  expect(await lookUp({ facts })).toEqual({ found: true, secret: TOKEN, facts: { account: "acc-1" } });
});

test.each([
  ["/a~1b/m~0n", { "a/b": { "m~n": TOKEN } }],
  ["/list/1", { list: ["x", TOKEN] }],
  ["", TOKEN],
  ["/__proto__/key", `{"__proto__":{"key":"${TOKEN}"}}`],
])("follows %j", async (pointer, content) => {
  await write(pointer === "" ? JSON.stringify(content) : content);
  expect(await lookUp({ pointer })).toMatchObject({ found: true, secret: TOKEN });
});

test("a byte order mark at the beginning does no harm", async () => {
  await write(`\uFEFF${JSON.stringify({ tokens: { access_token: TOKEN } })}`);
  expect(await lookUp()).toMatchObject({ found: true });
});

test.each([null, "", "  ", 5, true, {}, [TOKEN]])("%j is no key", async (value) => {
  await write({ tokens: { access_token: value } });
  expect(await lookUp()).toEqual(missing("pointer-not-found", "~/auth.json at /tokens/access_token"));
});

test("no pointer reaches what an object inherits", async () => {
  await write({ tokens: {} });
  for (const pointer of ["/__proto__", "/constructor/name", "/tokens/toString/name"]) {
    expect(await lookUp({ pointer })).toMatchObject({ found: false, reason: "pointer-not-found" });
  }
});

test.each(["", "{", '{"tokens":{"access_token":"tok', "access_token: x", "\u0000\u0001"])(
  "%j is not JSON, and is not quoted",
  async (text) => {
    await write(text);
    expect(await lookUp()).toEqual(missing("file-not-json"));
  },
);

test("says what stands in the way of reading", async () => {
  expect(await lookUp()).toEqual(missing("file-not-found"));
  await write("{}");
  expect(await lookUp({ path: "~/auth.json/deeper.json" })).toMatchObject({ reason: "file-not-found" });
  expect(await lookUp({ path: "$NO_SUCH/auth.json" })).toEqual(
    missing("file-not-found", "$NO_SUCH/auth.json: the variable in it is not set"),
  );
  expect(await lookUp({ path: "auth.json" })).toMatchObject({ reason: "file-not-found" });
  expect(await lookUp({ path: "/with\u0000zero" })).toMatchObject({ reason: "file-not-readable" });
  await mkdir(join(home, "folder"));
  expect(await lookUp({ path: "~/folder" })).toEqual(missing("file-not-readable", "~/folder"));
});

test("reads a megabyte and no more", async () => {
  const content = { tokens: { access_token: TOKEN }, pad: "" };
  content.pad = "x".repeat(1024 * 1024 - JSON.stringify(content).length);
  await write(content);
  expect(await lookUp()).toMatchObject({ found: true });
  await write({ ...content, pad: "x".repeat(2 * 1024 * 1024) });
  expect(await lookUp()).toEqual(missing("file-not-readable"));
});

test.skipIf(windows || process.getuid?.() === 0)("a file without permission is not readable", async () => {
  await write({ tokens: { access_token: TOKEN } });
  await chmod(join(home, "auth.json"), 0o000);
  expect(await lookUp()).toEqual(missing("file-not-readable"));
});

test.skipIf(windows)("neither a pipe nor a device is waited for", async () => {
  execFileSync("mkfifo", [join(home, "pipe")]);
  expect(await lookUp({ path: "~/pipe" })).toEqual(missing("file-not-readable", "~/pipe"));
  expect(await lookUp({ path: "/dev/zero" })).toEqual(missing("file-not-readable", "/dev/zero"));
});

test.skipIf(windows)("follows a link, and ends where links go round", async () => {
  await write({ tokens: { access_token: TOKEN } }, "real.json");
  await symlink(join(home, "real.json"), join(home, "auth.json"));
  expect(await lookUp()).toMatchObject({ found: true, secret: TOKEN });
  await symlink(join(home, "round.json"), join(home, "round.json"));
  expect(await lookUp({ path: "~/round.json" })).toMatchObject({ reason: "file-not-readable" });
});

describe("expiry", () => {
  const times = { seconds: NOW / 1000, milliseconds: NOW, iso: new Date(NOW).toISOString() } as const;

  test.each(["seconds", "milliseconds", "iso"] as const)("in %s counts from its very moment", async (unit) => {
    await write({ tokens: { access_token: TOKEN }, until: times[unit] });
    const expires = { pointer: "/until", unit };
    expect(await lookUp({ expires }, NOW - 1)).toMatchObject({ found: true });
    expect(await lookUp({ expires }, NOW)).toEqual(missing("expired-in-file"));
  });

  test.each([undefined, null, 0, "soon", "2026-11-20", times.seconds])(
    "that is not told in its unit (%j) stops nothing",
    async (until) => {
      await write({ tokens: { access_token: TOKEN }, until });
      expect(await lookUp({ expires: { pointer: "/until", unit: "milliseconds" } })).toMatchObject({ found: true });
    },
  );
});

describe("a pattern", () => {
  const pattern = {
    pointer: "/*/token",
    facts: { user: "/*/user" },
    expires: { pointer: "/*/until", unit: "seconds" },
  } as const;

  test("finds each member's own key, facts and expiry", async () => {
    await write({
      "a.example:x/1": { token: "token-a", user: "ada", until: NOW / 1000 + 60 },
      "b.example": { token: "token-b", until: NOW / 1000 - 60 },
      "c.example": { token: 7 },
      "d.example": {},
      note: "none",
    });
    expect(await places(pattern)).toEqual([
      { pointer: "/a.example:x~11/token", lookup: { found: true, secret: "token-a", facts: { user: "ada" } } },
      { pointer: "/b.example/token", lookup: missing("expired-in-file") },
      { pointer: "/c.example/token", lookup: missing("pointer-not-found", "~/auth.json at /c.example/token") },
    ]);
  });

  test("that finds nothing says why, once", async () => {
    expect(await places(pattern)).toEqual([{ pointer: "/*/token", lookup: missing("file-not-found") }]);
    await write({});
    expect(await places(pattern)).toEqual([
      { pointer: "/*/token", lookup: missing("pointer-not-found", "~/auth.json at /*/token") },
    ]);
  });
});

test("sees a new key at once, teaches it to the redactor, and never touches the file", async () => {
  const redactor = createRedactor();
  const file = join(home, "auth.json");
  const references = createCredentialReferences({ TOOL_HOME: home }, redactor);
  const named = reference({ path: "$TOOL_HOME/auth.json" });
  await write({ tokens: { access_token: TOKEN } });
  await utimes(file, 1_700_000_000, 1_700_000_000);
  const before = [await readFile(file, "utf8"), (await stat(file)).mtimeMs, (await stat(file)).ctimeMs];
  expect(await references.file(named, NOW)).toMatchObject({ secret: TOKEN });
  expect(await references.filePlaces(named, NOW)).toMatchObject([{ lookup: { secret: TOKEN } }]);
  expect([await readFile(file, "utf8"), (await stat(file)).mtimeMs, (await stat(file)).ctimeMs]).toEqual(before);
  expect(redactor.redact(`got ${TOKEN}`)).toBe("got •••");
  await write({ tokens: { access_token: "tok-renewed-012345" } });
  expect(await references.file(named, NOW)).toMatchObject({ secret: "tok-renewed-012345" });
});
