import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createMemoryPorts, json, type MemoryPorts } from "../tests/engine/memory-ports.ts";
import { createVirtualClock, type VirtualClock } from "../tests/engine/virtual-clock.ts";
import type { AppState, SourceDraft } from "./contract/contract.ts";
import { applyPatch } from "./contract/patch.ts";
import { createEngine, type Engine, type EngineOptions } from "./engine.ts";
import type { HttpRequest, HttpResult } from "./ports.ts";

const START = Date.parse("2026-11-20T12:00:00Z");
const MINUTE = 60_000;
const KEY = "sk-test-0123456789abcdef";
const DEMO = {
  id: "demo-1",
  kind: "neutral",
  label: "Demo gateway",
  baseUrl: "http://127.0.0.1:9",
  options: {},
  key: "demo-key-123",
};

type Answer = (request: HttpRequest) => HttpResult | Promise<HttpResult>;

const quota = (used: number, limit = 100): HttpResult => json({ key: "team", tokens: { limit, used } });

interface Rig {
  readonly clock: VirtualClock;
  readonly ports: MemoryPorts;
  readonly engine: Engine;
  answer: Answer;
  restart(): Promise<Engine>;
}

async function rig(
  options: Partial<EngineOptions> = {},
  prepare: (ports: MemoryPorts) => void = () => undefined,
): Promise<Rig> {
  const clock = createVirtualClock(START);
  const box: { answer: Answer } = { answer: () => quota(50) };
  const ports = createMemoryPorts(clock, (request) => box.answer(request), [DEMO]);
  prepare(ports);
  const make = () =>
    createEngine(ports, {
      host: { face: "web", version: "0", platform: "linux", settingsPath: ports.settings.path },
      demo: "auto",
      automatic: true,
      shell: { openSettings: () => undefined, openLink: () => undefined },
      ...options,
    });
  const engine = make();
  await engine.start();
  return {
    clock,
    ports,
    engine,
    get answer() {
      return box.answer;
    },
    set answer(next) {
      box.answer = next;
    },
    async restart() {
      const again = make();
      await again.start();
      return again;
    },
  };
}

const draft = (change: Partial<SourceDraft> = {}): SourceDraft => ({
  id: null,
  kind: "neutral",
  label: "Gateway",
  baseUrl: "https://llm.example.org",
  allowPlainHttp: false,
  key: { type: "secret", secret: KEY },
  options: {},
  ...change,
});

async function add(engine: Engine, change: Partial<SourceDraft> = {}): Promise<string> {
  const result = await engine.handle("sources.save", draft(change));
  if (!result.ok) throw new Error(result.error.code);
  return z.object({ id: z.string() }).parse(result.value).id;
}

const only = (engine: Engine): AppState["sources"][number] => {
  const [source] = engine.state().sources;
  if (source === undefined) throw new Error("no source");
  return source;
};

describe("engine", () => {
  it("shows the demo until the first real source comes, and never mixes the two", async () => {
    const { engine, ports, clock } = await rig();
    await clock.advance(1000);
    expect(engine.state().demo).toBe("shown");
    expect(engine.state().sources.map(({ demo }) => demo)).toEqual([true]);
    await add(engine);
    await clock.advance(1000);
    expect(engine.state().demo).toBe("none");
    expect(engine.state().sources.map(({ demo, label }) => [demo, label])).toEqual([[false, "Gateway"]]);
    expect(ports.demoRunning).toBe(false);
  });

  it("hides the demo when asked, and shows it again when asked", async () => {
    const { engine, ports } = await rig();
    await engine.handle("preferences.set", { demoHidden: true });
    expect([engine.state().demo, engine.state().sources, ports.demoRunning]).toEqual(["hidden", [], false]);
    await engine.handle("preferences.set", { demoHidden: false });
    expect(engine.state().demo).toBe("shown");
  });

  it("never alerts for the demo, unless a sample is asked for", async () => {
    const used = await rig();
    used.answer = () => quota(99);
    await used.clock.advance(10 * MINUTE);
    expect(used.engine.state().sources[0]?.reading).not.toBeNull();
    expect(used.ports.shown).toEqual([]);
    expect(await used.engine.handle("alerts.sample", undefined)).toEqual({ ok: true, value: { shown: true } });
    expect(used.ports.shown).toHaveLength(1);
  });

  it("sends the key to its origin only, and keeps it out of settings, state and log", async () => {
    const { engine, ports, clock } = await rig();
    const states: unknown[] = [];
    engine.subscribe((event) => states.push(event));
    await add(engine);
    await clock.advance(MINUTE);
    const sent = ports.requests.filter(({ url }) => url.startsWith("https://llm.example.org"));
    expect(sent[0]?.secretHeader).toEqual({
      name: "authorization",
      value: `Bearer ${KEY}`,
      origin: "https://llm.example.org",
    });
    expect(JSON.stringify([engine.state(), states, ports.file, ports.logged])).not.toContain(KEY);
  });

  it("drops a key that a gateway sends back as a name", async () => {
    const test = await rig();
    test.answer = () => json({ key: `team ${KEY}`, tokens: { limit: 100, used: 1 } });
    await add(test.engine);
    await test.clock.advance(1000);
    expect(only(test.engine).reading?.account).toBe("team …");
  });

  it("polls at its interval, keeps figures through a failure and says what failed", async () => {
    const test = await rig();
    await add(test.engine);
    await test.clock.advance(1000);
    expect(only(test.engine).status).toEqual({ state: "fresh" });
    const first = test.ports.requests.length;
    await test.clock.advance(4 * MINUTE);
    expect(test.ports.requests.length).toBe(first);
    test.answer = () => json({ error: "x" }, 502);
    await test.clock.advance(2 * MINUTE);
    expect(test.ports.requests.length).toBe(first + 1);
    const stale = only(test.engine);
    expect(stale.status).toMatchObject({ state: "stale", failure: { cause: "server-error", status: 502 } });
    expect(stale.reading?.meters).toHaveLength(1);
    expect(stale.trace).toHaveLength(1);
    test.answer = () => quota(60);
    await test.clock.advance(5 * MINUTE);
    expect(only(test.engine).status).toEqual({ state: "fresh" });
  });

  it("waits as long as the server asked, even when the user presses refresh", async () => {
    const test = await rig();
    test.answer = () => json({}, 429, { "retry-after": "1800" });
    const id = await add(test.engine);
    await test.clock.advance(1000);
    const first = test.ports.requests.length;
    expect(only(test.engine)).toMatchObject({ dueReason: "retry-after", status: { state: "failed" } });
    await test.engine.handle("sources.refresh", { id });
    await test.clock.advance(29 * MINUTE);
    expect(test.ports.requests.length).toBe(first);
    await test.clock.advance(5 * MINUTE);
    expect(test.ports.requests.length).toBe(first + 1);
  });

  it("polls when asked, but two clicks are one poll", async () => {
    const test = await rig();
    const id = await add(test.engine);
    await test.clock.advance(10_000);
    const first = test.ports.requests.length;
    await test.engine.handle("sources.refresh", { id });
    await test.engine.handle("sources.refresh", { id: null });
    await test.clock.advance(1000);
    expect(test.ports.requests.length).toBe(first + 1);
    expect(await test.engine.handle("sources.refresh", { id: "nobody" })).toMatchObject({
      ok: false,
      error: { code: "unknown-source" },
    });
  });

  it("alerts once when the line is crossed, not again after a restart, and again when it gets worse", async () => {
    const test = await rig();
    await add(test.engine);
    await test.clock.advance(1000);
    expect(test.ports.shown).toEqual([]);
    test.answer = () => quota(85);
    await test.clock.advance(20 * MINUTE);
    expect(test.ports.shown.map(({ threshold }) => threshold)).toEqual([20]);
    expect(test.engine.state().alerts).toHaveLength(1);
    await test.engine.stop();
    const again = await test.restart();
    await test.clock.advance(20 * MINUTE);
    expect(again.state().sources[0]?.status.state).toBe("fresh");
    expect(test.ports.shown).toHaveLength(1);
    expect(again.state().alerts).toEqual([]);
    test.answer = () => quota(97);
    await test.clock.advance(20 * MINUTE);
    expect(test.ports.shown.map(({ threshold }) => threshold)).toEqual([20, 5]);
  });

  it("says nothing for a muted source, and does not make up for it later", async () => {
    const test = await rig();
    const id = await add(test.engine);
    await test.engine.handle("sources.adjust", { id, muted: true });
    test.answer = () => quota(85);
    await test.clock.advance(20 * MINUTE);
    await test.engine.handle("sources.adjust", { id, muted: false });
    await test.clock.advance(20 * MINUTE);
    expect(test.ports.shown).toEqual([]);
  });

  it("says that a reset has passed before the new figures are there", async () => {
    const test = await rig();
    const resetsAt = START + 2 * MINUTE;
    test.answer = () => json({ tokens: { limit: 100, used: 50, resets_at: new Date(resetsAt).toISOString() } });
    await add(test.engine);
    const seen: string[] = [];
    test.engine.onState((state) => seen.push(state.sources[0]?.status.state ?? ""));
    await test.clock.advanceTo(resetsAt + 100);
    expect(only(test.engine).status).toEqual({ state: "awaiting-reset", since: resetsAt });
    expect(seen.at(-1)).toBe("awaiting-reset");
    test.answer = () =>
      json({ tokens: { limit: 100, used: 0, resets_at: new Date(resetsAt + 5 * 3_600_000).toISOString() } });
    await test.clock.advance(15_000);
    expect(only(test.engine).status).toEqual({ state: "fresh" });
  });

  it("asks for the key again when the address moves to another origin", async () => {
    const { engine } = await rig();
    const id = await add(engine);
    const moved = draft({ id, baseUrl: "https://other.example.org", key: { type: "keep" } });
    expect(await engine.handle("sources.save", moved)).toMatchObject({ ok: false, error: { code: "key-required" } });
    const path = draft({ id, baseUrl: "https://llm.example.org/v2", key: { type: "keep" } });
    expect(await engine.handle("sources.save", path)).toMatchObject({ ok: true });
  });

  it("does not believe a poll that began before its source was edited", async () => {
    const test = await rig();
    let release: (result: HttpResult) => void = () => undefined;
    test.answer = () => new Promise((resolve) => (release = resolve));
    const id = await add(test.engine);
    await test.clock.advance(1000);
    expect(only(test.engine).polling).toBe(true);
    await test.engine.handle(
      "sources.save",
      draft({ id, baseUrl: "https://llm.example.org/v2", key: { type: "keep" } }),
    );
    test.answer = () => quota(10);
    release(quota(99));
    await test.clock.advance(1000);
    expect(only(test.engine).reading?.meters[0]?.used).toBe(10);
    expect(test.ports.shown).toEqual([]);
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

  it("pushes patches that lead a follower to the same state", async () => {
    const test = await rig();
    let follower = test.engine.state();
    let gaps = 0;
    test.engine.subscribe((event) => {
      if (event.name !== "state.changed") return;
      const next = applyPatch(follower, event.value);
      if (next === null) gaps += 1;
      else follower = next;
    });
    const id = await add(test.engine);
    await test.clock.advance(1000);
    await test.engine.handle("sources.adjust", { id, label: "New name" });
    await add(test.engine, { label: "Second" });
    test.answer = () => quota(97);
    await test.clock.advance(10 * MINUTE);
    await test.engine.handle("sources.remove", { id });
    await test.clock.advance(1000);
    expect(gaps).toBe(0);
    expect(follower).toEqual(test.engine.state());
  });

  it("frees its timers when stopped", async () => {
    const { engine, clock } = await rig();
    await add(engine);
    await clock.advance(MINUTE);
    await engine.stop();
    expect(clock.pendingTimers()).toBe(0);
  });

  it("polls only when told to, in a one-shot command", async () => {
    const test = await rig({ automatic: false, demo: "off" });
    await add(test.engine);
    await test.clock.advance(60 * MINUTE);
    expect(test.ports.requests).toEqual([]);
    test.answer = () => quota(99);
    await test.engine.pollAll();
    expect(only(test.engine).status).toEqual({ state: "fresh" });
    expect(test.ports.shown).toEqual([]);
    expect(test.clock.pendingTimers()).toBe(0);
  });
});
