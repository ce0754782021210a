import { describe, expect, it, vi } from "vitest";
import { add, MINUTE, quota, rig } from "../../../tests/engine/rig.ts";
import type { HttpRequest } from "../../ports.ts";

const HOOK = "https://hooks.example.org/services/SECRET";

describe("an engine with sinks", () => {
  it("sends what it warns of to every sink, and tells its faces once", async () => {
    const { engine, ports, clock, ...box } = await started();
    const raised: unknown[] = [];
    engine.subscribe((event) => {
      if (event.name === "alerts.raised") raised.push(event.value);
    });
    const saved = await engine.handle("sinks.save", {
      id: null,
      label: "Team channel",
      enabled: true,
      format: "json",
      address: { type: "secret", url: HOOK },
      token: { type: "none" },
    });
    expect(saved).toMatchObject({ ok: true });
    expect(engine.state().sinks).toMatchObject([{ label: "Team channel", origin: "https://hooks.example.org" }]);
    expect(JSON.stringify(engine.state())).not.toContain("SECRET");

    box.use(85);
    await clock.advance(10 * MINUTE);
    const posts = await box.posted();
    expect(posts.map(bodyOf)).toEqual([expect.objectContaining({ title: "Gateway: 15% left", count: 1, test: false })]);
    expect(raised).toEqual([
      expect.objectContaining({ alerts: [expect.objectContaining({ sourceLabel: "Gateway" })] }),
    ]);
    expect(ports.shown).toHaveLength(1);
    expect(ports.logged.join("\n")).not.toContain("SECRET");
    await engine.stop();
    expect(clock.pendingTimers()).toBe(0);
  });

  it("ends with what is under way, told or not", async () => {
    const { engine, clock, ...box } = await started();
    await engine.handle("sinks.save", {
      id: null,
      label: "",
      enabled: true,
      format: "slack",
      address: { type: "secret", url: HOOK },
      token: { type: "none" },
    });
    box.hang();
    box.use(100);
    await clock.advance(10 * MINUTE);
    await box.posted();
    const stopped = engine.stop();
    await clock.advance(MINUTE);
    await stopped;
  });
});

const bodyOf = ({ body }: HttpRequest): unknown => JSON.parse(body ?? "null");

/** An engine with one source, whose use and whose webhook's answer can be set. */
async function started() {
  const test = await rig();
  let used = 50;
  let hangs = false;
  test.answer = (request) => {
    if (request.url !== HOOK) return quota(used);
    if (!hangs) return { ok: true, status: 200, headers: {}, body: "ok", ms: 1, bytes: 2 };
    return new Promise((resolve) => {
      const cancelled = { ok: false, failure: { kind: "cancelled" }, ms: 1, bytes: 0 } as const;
      request.signal?.addEventListener("abort", () => resolve(cancelled));
    });
  };
  await add(test.engine);
  await test.clock.advance(1_000);
  return {
    engine: test.engine,
    ports: test.ports,
    clock: test.clock,
    use(tokens: number) {
      used = tokens;
    },
    /** What sends is loaded with the first alert, which takes real time. */
    posted: () =>
      vi.waitFor(
        () => {
          const posts = test.ports.requests.filter(({ url }) => url === HOOK);
          expect(posts).not.toEqual([]);
          return posts;
        },
        { timeout: 15_000 },
      ),
    hang() {
      hangs = true;
    },
  };
}
