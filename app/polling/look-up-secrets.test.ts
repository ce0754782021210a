import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { json } from "../../tests/engine/memory-ports.ts";
import { add, draft, MINUTE, only, quota, rig } from "../../tests/engine/rig.ts";
import type { SourceDescriptor } from "../sources/source.ts";

const TOKEN = "tok-of-the-tool-0123456789";
const FILE = "~/.harbour/auth.json";

// Two services with a tool each that signs in to a file, and one that may run anywhere.
vi.mock("../sources/registry.ts", async () => {
  const { register } = await import("../sources/register.ts");
  const { neutral } = await import("../sources/gateways/neutral/descriptor.ts");
  const service = (id: string, change: Partial<SourceDescriptor>) =>
    register({
      ...neutral,
      id,
      name: id,
      optionsSchema: z.object({}),
      optionFields: [],
      load: async () => (context) =>
        context
          .getJson("/quota", z.unknown())
          .then(() => ({ meters: [], account: context.facts["account"] ?? null, notices: [] })),
      ...change,
    });
  const sources = [
    register(neutral),
    service("harbour", {
      defaultBaseUrl: "https://harbour.example.com",
      otherBaseUrls: ["https://eu.harbour.example.com/api"],
      known: {
        files: [
          {
            tool: "Harbour CLI",
            paths: ["$HARBOUR_HOME/auth.json", "~/.harbour/auth.json"],
            pointer: "/tokens/access",
          },
          {
            tool: "Shipmate",
            paths: ["~/.shipmate/auth.json"],
            pointer: "/*/harbour",
            facts: { account: "/*/account" },
          },
        ],
      },
    }),
    service("quay", {
      defaultBaseUrl: "https://api.quay.example",
      otherBaseUrls: ["https://api.quay.test"],
      known: {
        files: [
          { tool: "Quay", paths: ["~/.quay/apps.json"], pointer: "/*/token", home: "https://api.*" },
          { tool: "Quay", paths: ["~/.quay/regions.json"], pointer: "/test/key", home: "https://api.quay.test" },
          { tool: "Quay", paths: ["~/.quay/auth.json"], pointer: "/https:~1~1quay.example::*/key" },
        ],
      },
    }),
    service("pier", {
      defaultBaseUrl: "https://pier.example.com",
      known: { files: [{ tool: "Shipmate", paths: ["~/.shipmate/auth.json"], pointer: "/pier/key" }] },
    }),
  ];
  return { sources, findSource: (id: string) => sources.find((source) => source.id === id) };
});

const HOME = "https://harbour.example.com";
const file = (pointer: string, path = FILE) => ({ type: "file", path, pointer }) as const;
const signedIn = JSON.stringify({ tokens: { access: TOKEN, refresh: "refresh-0123456789" }, extra: "own-0123456789" });

describe("a key in a tool's file", () => {
  it("goes to the tool's service, and only there", async () => {
    const { engine, ports, clock } = await rig();
    ports.files.set(FILE, signedIn);
    await add(engine, { kind: "harbour", baseUrl: HOME, key: file("/tokens/access") });
    await clock.advance(1000);
    expect(only(engine).status).toEqual({ state: "fresh" });
    expect(ports.requests.flatMap(({ secretHeaders }) => secretHeaders)).toEqual([
      { name: "authorization", value: `Bearer ${TOKEN}`, origin: HOME },
    ]);
  });

  it.each([
    ["harbour", "https://eu.harbour.example.com", "/tokens/access"],
    ["harbour", "http://127.0.0.1:4000", "/tokens/access"],
    ["neutral", HOME, "/tokens/access"],
    // Not in the object with the token: the user's own business.
    ["neutral", "https://llm.example.org", "/extra"],
  ])("may go: %s at %s from %s", async (kind, baseUrl, pointer) => {
    const { engine, ports, clock } = await rig();
    ports.files.set(FILE, signedIn);
    await add(engine, { kind, baseUrl, key: file(pointer) });
    await clock.advance(1000);
    expect(ports.requests.length).toBeGreaterThan(0);
    expect(only(engine).status.state).not.toBe("needs-key");
  });

  it.each([
    ["harbour", "https://evil.example.org", "/tokens/access"],
    ["harbour", "https://harbour.example.com:8443", "/tokens/access"],
    ["harbour", "https://harbour.example.com.evil.example.org", "/tokens/access"],
    // Saying that it is something else does not help, nor does what lies beside the token.
    ["neutral", "https://evil.example.org", "/tokens/access"],
    ["neutral", "https://evil.example.org", "/tokens/refresh"],
    ["pier", "https://pier.example.com", "/tokens/access"],
  ])("is refused before anything is sent: %s at %s from %s", async (kind, baseUrl, pointer) => {
    const { engine, ports, clock } = await rig();
    ports.files.set(FILE, signedIn);
    await add(engine, { kind, baseUrl, key: file(pointer) });
    await clock.advance(61 * MINUTE);
    expect(only(engine).status).toEqual({
      state: "needs-key",
      reason: "not-for-this-address",
      detail: "Harbour CLI",
    });
    const tested = await engine.handle("sources.test", draft({ kind, baseUrl, key: file(pointer) }));
    expect(tested).toMatchObject({ value: { outcome: { type: "needs-key", reason: "not-for-this-address" } } });
    expect(ports.requests).toEqual([]);
  });

  it("is the same file by whatever way it is named", async () => {
    const { engine, ports, clock } = await rig({}, (made) => {
      made.references.locate = async (path) => path.replace(/^.*\.harbour/, "/real");
    });
    ports.files.set("/home/ada/.harbour/auth.json", signedIn);
    const key = file("/tokens/access", "/home/ada/.harbour/auth.json");
    await add(engine, { kind: "neutral", baseUrl: "https://evil.example.org", key });
    await clock.advance(1000);
    expect(only(engine).status).toMatchObject({ reason: "not-for-this-address" });
    expect(ports.requests).toEqual([]);
  });

  it("belongs to the service whose place in a shared file it is", async () => {
    const shared = JSON.stringify({ pier: { key: "key-of-pier-012345" }, work: { harbour: TOKEN, account: "Ada" } });
    const at = (pointer: string) => file(pointer, "~/.shipmate/auth.json");
    const { engine, ports, clock } = await rig();
    ports.files.set("~/.shipmate/auth.json", shared);
    const facts = new Map<string, unknown>();
    const { file: read } = ports.references;
    ports.references.file = (reference, now) => {
      facts.set(reference.pointer, reference.facts);
      return read(reference, now);
    };
    await add(engine, { kind: "pier", baseUrl: "https://pier.example.com", key: at("/pier/key") });
    await add(engine, { kind: "harbour", baseUrl: HOME, key: at("/work/harbour") });
    await add(engine, { kind: "harbour", baseUrl: HOME, key: at("/pier/key") });
    await clock.advance(1000);
    expect(engine.state().sources.map(({ status }) => status.state)).toEqual(["fresh", "fresh", "needs-key"]);
    expect([...facts]).toEqual([
      ["/pier/key", {}],
      ["/work/harbour", { account: "/work/account" }],
    ]);
  });

  it.each([
    ["apps", "/quay.example:a/token", "https://api.quay.example", "fresh"],
    ["apps", "/town.quay.example:a/token", "https://api.town.quay.example", "fresh"],
    ["apps", "/town.quay.example:a/token", "http://127.0.0.1:4000", "fresh"],
    ["apps", "/town.quay.example:a/token", "https://api.quay.example", "needs-key"],
    ["apps", "/quay.example:a/token", "https://api.town.quay.example", "needs-key"],
    ["apps", "/town.quay.example:a/refresh", "https://api.quay.example", "needs-key"],
    ["apps", "/no host/token", "https://api.quay.example", "needs-key"],
    ["regions", "/test/key", "https://api.quay.test", "fresh"],
    ["regions", "/test/key", "https://api.quay.example", "needs-key"],
    // Another member of the file is one of the tool's sign-ins, too, whatever it is for.
    ["auth", "/https:~1~1quay.example::1/key", "https://api.quay.example", "fresh"],
    ["auth", "/https:~1~1other.example::1/key", "https://evil.example.org", "needs-key"],
  ])("of %s.json at %s to %s: %s", async (name, pointer, baseUrl, state) => {
    const path = `~/.quay/${name}.json`;
    const { engine, ports, clock } = await rig();
    const member = { token: TOKEN, refresh: TOKEN, key: TOKEN };
    const names = ["quay.example:a", "town.quay.example:a", "no host", "test"];
    const more = ["https://quay.example::1", "https://other.example::1"];
    ports.files.set(path, JSON.stringify(Object.fromEntries([...names, ...more].map((each) => [each, member]))));
    await add(engine, { kind: "quay", baseUrl, key: file(pointer, path) });
    await clock.advance(1000);
    expect(only(engine).status).toMatchObject(
      state === "fresh" ? { state } : { state, reason: "not-for-this-address", detail: "Quay" },
    );
    expect(ports.requests).toHaveLength(state === "fresh" ? 1 : 0);
  });

  it("is seen anew at each poll, and stands nowhere", async () => {
    const renewed = "tok-renewed-9876543210";
    const { engine, ports, clock } = await rig();
    ports.files.set(FILE, signedIn);
    await add(engine, { kind: "harbour", baseUrl: HOME, key: file("/tokens/access") });
    await clock.advance(1000);
    ports.files.set(FILE, JSON.stringify({ tokens: { access: renewed } }));
    await clock.advance(6 * MINUTE);
    const sent = ports.requests.flatMap(({ secretHeaders }) => secretHeaders.map(({ value }) => value));
    expect([sent[0], sent.at(-1)]).toEqual([`Bearer ${TOKEN}`, `Bearer ${renewed}`]);
    ports.files.set(FILE, "{}");
    await clock.advance(6 * MINUTE);
    expect(only(engine).status).toMatchObject({ state: "needs-key", reason: "pointer-not-found" });
    ports.files.set(FILE, JSON.stringify({ tokens: { access: renewed } }));
    await clock.advance(6 * MINUTE);
    expect(only(engine).status).toEqual({ state: "fresh" });
    const said = JSON.stringify([engine.state(), ports.file, ports.logged, ports.alertLedger]);
    expect(said).toContain("/tokens/access");
    for (const token of [TOKEN, renewed, "refresh-0123456789"]) expect(said).not.toContain(token);
    expect(ports.secrets.size).toBe(0);
  });

  it("that was refused is not sent again for an hour, but its file is looked at, and a new one sent at once", async () => {
    const test = await rig();
    const { engine, ports, clock } = test;
    const sent = () => ports.requests.flatMap(({ secretHeaders }) => secretHeaders.map(({ value }) => value));
    test.answer = () => json({ error: "no" }, 401);
    ports.files.set(FILE, signedIn);
    const id = await add(engine, { kind: "harbour", baseUrl: HOME, key: file("/tokens/access") });
    await clock.advance(52 * MINUTE);
    expect(sent()).toEqual([`Bearer ${TOKEN}`]);
    expect(only(engine).status).toMatchObject({ state: "failed", failure: { cause: "key-refused" } });
    // Whoever asks gets an answer of now, and so does everybody after an hour.
    await engine.handle("sources.refresh", { id });
    await clock.advance(1000);
    expect(sent()).toHaveLength(2);
    await clock.advance(70 * MINUTE);
    expect(sent()).toHaveLength(3);

    test.answer = () => quota(50);
    ports.files.set(FILE, JSON.stringify({ tokens: { access: "tok-renewed-9876543210" } }));
    await clock.advance(6 * MINUTE);
    expect(sent().slice(3)).toEqual(["Bearer tok-renewed-9876543210"]);
    expect(only(engine).status).toEqual({ state: "fresh" });
  });

  it("is not sent to an address that the settings were changed to by hand", async () => {
    const source = {
      id: "x",
      kind: "neutral",
      label: "X",
      baseUrl: "https://other.example.org",
      credential: { ...file("/extra"), origin: "https://llm.example.org" },
    };
    const { engine, ports, clock } = await rig({}, (made) => {
      made.file = { kind: "text", text: JSON.stringify({ version: 1, sources: [source] }) };
      made.files.set(FILE, signedIn);
    });
    await clock.advance(1000);
    expect(only(engine).status).toMatchObject({ state: "needs-key", reason: "other-origin" });
    expect(ports.requests).toEqual([]);
  });
});

it.each(["~/a\u0007.json", "~/a\u202Ecod.json", "~/\n.json"])(
  "a path that cannot be shown is not taken: %j",
  async (path) => {
    const { engine } = await rig();
    const refused = await engine.handle("sources.save", draft({ key: file("/key", path) }));
    // White space around a path is taken off; inside it is part of a name.
    expect(refused).toMatchObject({ ok: false, error: { code: "invalid-key", detail: "bad-file-reference" } });
  },
);
