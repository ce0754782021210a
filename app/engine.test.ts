import { describe, expect, it } from "vitest";
import { json } from "../tests/engine/memory-ports.ts";
import { add, draft, KEY, MINUTE, only, quota, rig, START } from "../tests/engine/rig.ts";
import { applyPatch } from "./contract/patch.ts";
import type { HttpResult } from "./ports.ts";

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
    expect(sent[0]?.secretHeaders).toEqual([
      { name: "authorization", value: `Bearer ${KEY}`, origin: "https://llm.example.org" },
    ]);
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
    expect(test.ports.shown.map(({ what }) => (what.type === "percent-left" ? what.threshold : what.type))).toEqual([
      20,
    ]);
    expect(test.engine.state().alerts).toHaveLength(1);
    await test.engine.stop();
    const again = await test.restart();
    await test.clock.advance(20 * MINUTE);
    expect(again.state().sources[0]?.status.state).toBe("fresh");
    expect(test.ports.shown).toHaveLength(1);
    expect(again.state().alerts).toEqual([]);
    test.answer = () => quota(97);
    await test.clock.advance(20 * MINUTE);
    expect(test.ports.shown.map(({ what }) => (what.type === "percent-left" ? what.threshold : what.type))).toEqual([
      20, 5,
    ]);
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

  it("says where a quota is heading once it has watched it for a while", async () => {
    const test = await rig();
    let used = 30;
    test.answer = () => {
      used += 1;
      return quota(used);
    };
    await add(test.engine);
    await test.clock.advance(9 * MINUTE);
    expect(only(test.engine).forecasts).toEqual({});
    await test.clock.advance(26 * MINUTE);
    // One of 100 every five minutes, with about 62 left: a little over five hours.
    const runsOutAt = only(test.engine).forecasts?.["tokens"]?.runsOutAt ?? 0;
    expect(Math.abs(runsOutAt - test.clock.now() - 5.2 * 60 * MINUTE)).toBeLessThan(20 * MINUTE);
  });

  it("frees its timers when stopped", async () => {
    const { engine, clock } = await rig();
    await add(engine);
    await clock.advance(MINUTE);
    await engine.stop();
    expect(clock.pendingTimers()).toBe(0);
  });

  it("frees its timers when stopped in the middle of a poll, too", async () => {
    const test = await rig();
    const resets = json({ tokens: { limit: 100, used: 50, resets_at: new Date(START + 3_600_000).toISOString() } });
    let release: (result: HttpResult) => void = () => undefined;
    test.answer = () => new Promise((resolve) => (release = resolve));
    await add(test.engine);
    await test.clock.advance(1000);
    expect(only(test.engine).polling).toBe(true);
    const stopping = test.engine.stop();
    release(resets);
    await stopping;
    expect(test.clock.pendingTimers()).toBe(0);
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
