import { describe, expect, it } from "vitest";
import { add, draft, KEY, MINUTE, only, rig } from "../tests/engine/rig.ts";
import type { SourceDraft } from "./contract/contract.ts";

describe("engine: settings and sources", () => {
  it("asks for the key again when the address moves to another origin", async () => {
    const { engine } = await rig();
    const id = await add(engine);
    const moved = draft({ id, baseUrl: "https://other.example.org", key: { type: "keep" } });
    expect(await engine.handle("sources.save", moved)).toMatchObject({ ok: false, error: { code: "key-required" } });
    const path = draft({ id, baseUrl: "https://llm.example.org/v2", key: { type: "keep" } });
    expect(await engine.handle("sources.save", path)).toMatchObject({ ok: true });
  });

  it("names the further secret that does not follow to another origin", async () => {
    const { engine } = await rig();
    const meters = [{ id: "m", label: "M", used: "$.used", unit: "tokens" }];
    const mapped = (change: Partial<SourceDraft>) =>
      draft({
        kind: "mapped",
        options: { definition: { headers: { a: { secret: "key" }, b: { secret: "admin" } }, meters } },
        ...change,
      });
    const first = mapped({ secrets: { admin: { type: "secret", secret: "admin-secret" } } });
    expect(await engine.handle("sources.save", first)).toMatchObject({ ok: true });
    const id = only(engine).id;
    const moved = mapped({ id, baseUrl: "https://other.example.org", secrets: { admin: { type: "keep" } } });
    expect(await engine.handle("sources.save", moved)).toMatchObject({
      error: { code: "key-required", detail: "admin" },
    });
  });

  it("brings a removed source back with its key and place, and forgets both when the time is over", async () => {
    const { engine, ports, clock } = await rig();
    const first = await add(engine, { label: "First" });
    await add(engine, { label: "Second" });
    await engine.handle("sources.remove", { id: first });
    expect(engine.state().configs.map(({ label }) => label)).toEqual(["Second"]);
    expect(engine.state().removed.map(({ id }) => id)).toEqual([first]);
    await engine.handle("sources.restore", { id: first });
    expect(engine.state().configs.map(({ label }) => label)).toEqual(["First", "Second"]);
    await engine.handle("sources.remove", { id: first });
    await clock.advance(2 * MINUTE);
    expect(ports.secrets.has(first)).toBe(false);
    expect(engine.state().removed).toEqual([]);
    expect(await engine.handle("sources.restore", { id: first })).toMatchObject({ error: { code: "undo-expired" } });
  });

  it("keeps order, names and pauses", async () => {
    const test = await rig();
    const a = await add(test.engine, { label: "A" });
    const b = await add(test.engine, { label: "B" });
    await test.engine.handle("sources.reorder", { ids: [b] });
    await test.engine.handle("sources.adjust", { id: a, label: "  Renamed ", paused: true });
    expect(test.engine.state().configs.map(({ label }) => label)).toEqual(["B", "Renamed"]);
    await test.clock.advance(1000);
    const before = test.ports.requests.length;
    await test.clock.advance(6 * MINUTE);
    expect(test.ports.requests.length).toBe(before + 1);
    const again = await test.restart();
    expect(again.state().configs.map(({ label, paused }) => [label, paused])).toEqual([
      ["B", false],
      ["Renamed", true],
    ]);
    expect(again.state().sources[1]?.status).toEqual({ state: "paused" });
  });

  it("keeps what is adjusted while a draft of the same source is being saved", async () => {
    const { engine } = await rig();
    const id = await add(engine);
    await Promise.all([
      engine.handle("sources.save", draft({ id, label: "Renamed" })),
      engine.handle("sources.adjust", { id, muted: true, thresholds: [30], intervalSeconds: 600 }),
    ]);
    expect(engine.state().configs).toMatchObject([
      { label: "Renamed", muted: true, thresholds: [30], intervalSeconds: 600 },
    ]);
  });

  it("tells what a call changed before it answers the call", async () => {
    const { engine } = await rig();
    const told: string[] = [];
    engine.subscribe((event) => told.push(event.name));
    await engine.handle("preferences.set", { intervalSeconds: 600 });
    told.push("answer");
    expect(told).toEqual(["state.changed", "answer"]);
  });

  it("changes nothing when the disk refuses, and says so", async () => {
    const { engine, ports } = await rig();
    await add(engine);
    ports.failWrites = true;
    expect(await engine.handle("preferences.set", { intervalSeconds: 600 })).toEqual({
      ok: false,
      error: { code: "settings-not-saved", detail: "ENOSPC" },
    });
    expect(engine.state().preferences.intervalSeconds).toBe(300);
    ports.failWrites = false;
    expect(await engine.handle("preferences.set", { intervalSeconds: 600 })).toMatchObject({ ok: true });
  });

  it("polls with a newer file's sources but changes nothing of it", async () => {
    const file = JSON.stringify({
      version: 99,
      sources: [
        {
          id: "x",
          kind: "neutral",
          label: "X",
          baseUrl: "https://x.example.org",
          credential: { type: "env", name: "X_KEY" },
        },
      ],
    });
    const { engine, ports, clock } = await rig({}, (made) => {
      made.file = { kind: "text", text: file };
      made.env.set("X_KEY", KEY);
    });
    await clock.advance(1000);
    expect(only(engine).status).toEqual({ state: "fresh" });
    expect(await engine.handle("sources.remove", { id: "x" })).toMatchObject({ error: { code: "settings-read-only" } });
    expect(ports.file).toEqual({ kind: "text", text: file });
  });

  it.each([
    ["not a url", "it has no scheme such as https://"],
    ["127.0.0.1:4701", "it has no scheme such as https://"],
    ["https://exa mple", "it cannot be read"],
    ["file:///etc/passwd", "its scheme is neither https nor http"],
    ["https://user:pass@llm.example.org", "it holds a user name or password"],
    ["http://llm.example.org", "plain http to another computer was not allowed"],
  ])("sends nothing to a saved address that is not allowed, and polls the others: %s", async (baseUrl, detail) => {
    const source = (id: string, address: string) => ({
      id,
      kind: "neutral",
      label: id,
      baseUrl: address,
      credential: { type: "env", name: "X_KEY" },
    });
    const { engine, ports, clock } = await rig({}, (made) => {
      const sources = [source("bad", baseUrl), source("good", "https://good.example.org")];
      made.file = { kind: "text", text: JSON.stringify({ version: 1, sources }) };
      made.env.set("X_KEY", KEY);
    });
    await clock.advance(1000);
    const [bad, good] = engine.state().sources;
    expect(bad?.status).toMatchObject({ state: "failed", failure: { cause: "invalid-address", detail } });
    expect(good?.status).toEqual({ state: "fresh" });
    expect(ports.requests.map(({ url }) => new URL(url).host)).toEqual(["good.example.org"]);
    const edit = draft({ id: "bad", baseUrl: "https://elsewhere.example.org", key: { type: "keep" } });
    expect(await engine.handle("sources.save", edit)).toMatchObject({ error: { code: "key-required" } });
  });

  it("goes on with the others when the vault breaks its word", async () => {
    const { engine, ports, clock } = await rig();
    await add(engine, { label: "In the vault" });
    ports.env.set("OTHER_KEY", KEY);
    await add(engine, { label: "By reference", key: { type: "env", name: "OTHER_KEY" } });
    ports.vault.get = async () => {
      throw new Error(`cannot read ${KEY}`);
    };
    await clock.advance(10 * MINUTE);
    const states = engine.state().sources.map(({ status }) => status.state);
    expect(states).toEqual(["failed", "fresh"]);
    expect(ports.logged.join()).toContain("poll-crashed");
    expect(ports.logged.join()).not.toContain(KEY);
  });

  it("tries to delete a removed key again, but not in a loop", async () => {
    const { engine, ports, clock } = await rig();
    const id = await add(engine);
    let tries = 0;
    const forget = ports.vault.delete;
    ports.vault.delete = async () => {
      tries += 1;
      throw new Error("locked");
    };
    await engine.handle("sources.remove", { id });
    await clock.advance(10 * MINUTE);
    expect(tries).toBe(1);
    ports.vault.delete = forget;
    await clock.advance(10 * MINUTE);
    expect([...ports.secrets.keys()]).toEqual([]);
    expect(engine.state().removed).toEqual([]);
  });

  it("names an option that the kind does not have", async () => {
    const { engine } = await rig();
    expect(await engine.handle("sources.test", draft({ options: { quotapath: "/x" } }))).toMatchObject({
      error: { code: "invalid-options", detail: "there is no option quotapath (there are: quotaPath)" },
    });
  });

  it("sends fields of a source that it does not know to no face", async () => {
    const { engine, ports } = await rig({}, (made) => {
      const source = { ...draft(), id: "x", credential: { type: "env", name: "X" }, note: KEY };
      made.file = { kind: "text", text: JSON.stringify({ version: 1, sources: [source] }) };
    });
    expect(engine.state().configs).toHaveLength(1);
    expect(JSON.stringify(engine.state())).not.toContain(KEY);
    await engine.handle("sources.adjust", { id: "x", muted: true });
    expect(ports.file).toMatchObject({ text: expect.stringContaining(KEY) });
  });

  it("keeps a broken settings file aside", async () => {
    const { engine, ports } = await rig({}, (made) => {
      made.file = { kind: "text", text: '{"version":1,"sou' };
    });
    expect(ports.asides).toEqual(['{"version":1,"sou']);
    expect(engine.state().settingsProblems).toEqual([{ type: "corrupt", keptAt: "/profile/settings.corrupt.json" }]);
  });

  it("names what is wrong with a draft", async () => {
    const { engine } = await rig();
    const code = async (change: Partial<SourceDraft>) => {
      const result = await engine.handle("sources.test", draft(change));
      return result.ok ? "ok" : [result.error.code, result.error.detail];
    };
    expect(await code({ kind: "nobody" })).toEqual(["unknown-kind", "nobody"]);
    expect(await code({ baseUrl: "llm.example.org" })).toEqual(["invalid-address", "no-scheme"]);
    expect(await code({ baseUrl: "http://llm.example.org" })).toEqual(["plain-http-needs-consent", "plain-http"]);
    expect(await code({ baseUrl: "http://llm.example.org", allowPlainHttp: true })).toBe("ok");
    expect(await code({ key: { type: "secret", secret: "sk-a\nsk-b" } })).toEqual(["invalid-key", "has-newline"]);
    expect(await code({ key: { type: "env", name: "NOT A NAME" } })).toEqual(["invalid-key", "bad-variable-name"]);
    expect(await code({ key: { type: "keep" } })).toEqual(["key-required", null]);
    expect(await engine.handle("sources.test", { nonsense: true })).toMatchObject({ error: { code: "invalid-input" } });
    expect(await engine.handle("nobody.knows", {})).toMatchObject({ error: { code: "invalid-input" } });
  });

  it("tests without saving anything", async () => {
    const { engine, ports } = await rig();
    const before = ports.file;
    const result = await engine.handle("sources.test", draft());
    expect(result).toMatchObject({ ok: true, value: { outcome: { type: "reading" }, trace: [{ status: 200 }] } });
    expect(ports.file).toBe(before);
    expect(ports.secrets.size).toBe(0);
  });

  it("loses nothing of what another command wrote meanwhile", async () => {
    const { engine, restart } = await rig();
    const mine = await add(engine, { label: "Mine" });
    const other = await restart();
    await add(other, { label: "Added elsewhere" });
    await engine.handle("sources.adjust", { id: mine, label: "Renamed here" });
    const labels = engine.state().configs.map(({ label }) => label);
    expect(labels).toEqual(["Renamed here", "Added elsewhere"]);
    expect((await restart()).state().configs.map(({ label }) => label)).toEqual(labels);
  });

  it("does not write over a file that meanwhile became a newer one", async () => {
    const { engine, ports } = await rig();
    await add(engine);
    const newer = { kind: "text", text: '{"version":99}' } as const;
    ports.file = newer;
    expect(await engine.handle("preferences.set", { theme: "dark" })).toMatchObject({
      ok: false,
      error: { code: "settings-not-saved" },
    });
    expect(ports.file).toBe(newer);
  });
});
