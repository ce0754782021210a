import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { DemoGateways, DemoSource, HttpResult, HttpTransport } from "../../../app/ports.ts";
import { ReadError } from "../../../app/quota/failure.ts";
import { percentRemaining, resetsAt } from "../../../app/quota/meter.ts";
import { type Reading, readingSchema } from "../../../app/quota/reading.ts";
import { createReadContext } from "../../../app/sources/read-context.ts";
import { findSource } from "../../../app/sources/registry.ts";
import { createDemoGateways, type DemoOptions } from "./demo-gateways.ts";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 20, 12, 0, 0);

/** Real requests over the platform's own fetch; just enough of a transport to read loopback servers. */
const fetchTransport: HttpTransport = {
  async send({ method, url, headers, secretHeaders }): Promise<HttpResult> {
    const secret = Object.fromEntries(secretHeaders.map(({ name, value }) => [name, value]));
    try {
      const response = await fetch(url, { method, headers: { ...headers, ...secret }, redirect: "manual" });
      const body = await response.text();
      const { status } = response;
      return { ok: true, status, headers: Object.fromEntries(response.headers), body, ms: 1, bytes: body.length };
    } catch (error) {
      return { ok: false, failure: { kind: "unreachable", detail: String(error) }, ms: 1, bytes: 0 };
    }
  },
};

const started: DemoGateways[] = [];

afterEach(async () => {
  for (const demo of started.splice(0)) await demo.stop();
});

function demoAt(clock: { now: number }, options: Omit<DemoOptions, "now"> = {}): DemoGateways {
  const demo = createDemoGateways({ ...options, now: () => clock.now });
  started.push(demo);
  return demo;
}

async function poll(source: DemoSource, now: number, key = source.key): Promise<Reading | string> {
  const kind = findSource(source.kind);
  if (kind === undefined) throw new Error(`no kind ${source.kind}`);
  const { context } = createReadContext({
    http: fetchTransport,
    baseUrl: source.baseUrl,
    key,
    auth: kind.auth,
    now,
  });
  try {
    return readingSchema.parse(await (await kind.prepare(source.options))(context));
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    const { cause, retryAt } = error.failure;
    return retryAt === null ? cause : `${cause} until +${(retryAt - now) / 1000} s`;
  }
}

async function pollById(demo: DemoGateways, id: string, now: number): Promise<Reading | string> {
  const source = (await demo.start()).find((candidate) => candidate.id === id);
  if (source === undefined) throw new Error(`no demo source ${id}`);
  return poll(source, now);
}

function metersOf(outcome: Reading | string): Reading["meters"] {
  if (typeof outcome === "string") throw new Error(`expected figures, got ${outcome}`);
  return outcome.meters;
}

describe("the demo gateways", () => {
  it("are read by the real sources over real HTTP", async () => {
    const sources = await demoAt({ now: NOW }).start();
    const outcomes = await Promise.all(sources.map(async (source) => [source.id, await poll(source, NOW)] as const));
    const told = outcomes.map(([id, outcome]) => [
      id,
      typeof outcome === "string" ? outcome : outcome.meters.map((meter) => meter.id),
    ]);
    expect(Object.fromEntries(told)).toEqual({
      "demo-team": ["tokens", "cost"],
      "demo-coding-plan": ["tokens"],
      "demo-openrouter": ["key-limit", "balance", "free-requests"],
      "demo-university": ["cost"],
      "demo-staging": "server-error",
      "demo-lab": ["tokens"],
    });
  });

  it("tell the same figures for the same seed and time, whatever ports they are on", async () => {
    const [one, other] = [demoAt({ now: NOW }), demoAt({ now: NOW })];
    for (const id of ["demo-team", "demo-openrouter", "demo-lab"]) {
      expect(await pollById(one, id, NOW)).toEqual(await pollById(other, id, NOW));
    }
    const reseeded = demoAt({ now: NOW }, { seed: 2 });
    expect(await pollById(reseeded, "demo-team", NOW)).not.toEqual(await pollById(one, "demo-team", NOW));
  });

  it("go through the script of the staging gateway", async () => {
    const clock = { now: NOW };
    const demo = demoAt(clock);
    await demo.start();
    const told: string[] = [];
    for (const minute of [0, 10, 24, 30, 42, 50]) {
      clock.now = NOW + minute * MINUTE;
      const outcome = await pollById(demo, "demo-staging", clock.now);
      told.push(typeof outcome === "string" ? outcome : "figures");
    }
    expect(told).toEqual([
      "server-error",
      "figures",
      "rate-limited until +240 s",
      "figures",
      "challenge-page",
      "figures",
    ]);
  });

  it("tell resets and waits in the host's time when sped up", async () => {
    const clock = { now: NOW };
    const demo = demoAt(clock, { speed: 60 });
    const [before] = metersOf(await pollById(demo, "demo-coding-plan", clock.now));
    if (before === undefined) throw new Error("no meter");
    const reset = resetsAt(before);
    if (reset === null) throw new Error("no reset");
    // An hour and a bit of the demo's time in a minute and a bit.
    expect(reset - NOW).toBeGreaterThan(MINUTE);
    expect(reset - NOW).toBeLessThan(2 * MINUTE);

    clock.now = reset - 1000;
    const [last] = metersOf(await pollById(demo, "demo-coding-plan", clock.now));
    expect(last && resetsAt(last)).toBe(reset);
    expect(last && percentRemaining(last)).toBeLessThan(10);

    clock.now = reset + 10;
    const [fresh] = metersOf(await pollById(demo, "demo-coding-plan", clock.now));
    expect(fresh && percentRemaining(fresh)).toBeGreaterThan(95);

    clock.now = NOW + 24_000;
    expect(await pollById(demo, "demo-staging", clock.now)).toBe("rate-limited until +4 s");
  });

  it("begin where they are told to, with resets told from now", async () => {
    const begin = Date.UTC(2030, 5, 15);
    const demo = demoAt({ now: NOW }, { startAt: begin });
    const [tokens] = metersOf(await pollById(demo, "demo-team", NOW));
    expect(tokens && resetsAt(tokens)).toBe(NOW + (Date.UTC(2030, 6, 1) - begin));
  });

  it("let in nobody without the key, and only to read", async () => {
    const [team] = await demoAt({ now: NOW }).start();
    if (team === undefined) throw new Error("no demo source");
    expect(await poll(team, NOW, "sk-another")).toBe("key-refused");
    const authorization = `Bearer ${team.key}`;
    const status = async (path: string, init: RequestInit) => (await fetch(team.baseUrl + path, init)).status;
    expect(await status("/quota", {})).toBe(401);
    expect(await status("/quota", { headers: { authorization } })).toBe(200);
    expect(await status("/quota", { headers: { authorization }, method: "HEAD" })).toBe(200);
    expect(await status("/quota", { headers: { authorization }, method: "POST" })).toBe(405);
    expect(await status("/constructor", { headers: { authorization } })).toBe(404);
  });

  it("listen only between start and stop, and start again", async () => {
    const demo = demoAt({ now: NOW });
    const first = await demo.start();
    expect(await demo.start()).toEqual(first);
    expect(new Set(first.map((source) => new URL(source.baseUrl).hostname))).toEqual(new Set(["127.0.0.1"]));
    await demo.stop();
    await demo.stop();
    const [team] = first;
    if (team === undefined) throw new Error("no demo source");
    expect(await poll(team, NOW)).toBe("unreachable");
    const [again] = await demo.start();
    expect(again && metersOf(await poll(again, NOW))).toHaveLength(2);
  });

  it("stop with an answer under way and a socket open", async () => {
    const demo = demoAt({ now: NOW });
    const slow = (await demo.start()).find((source) => source.id === "demo-university");
    if (slow === undefined) throw new Error("no slow source");
    const answer = poll(slow, NOW);
    const socket = connect(Number(new URL(slow.baseUrl).port), "127.0.0.1");
    await once(socket, "connect");
    const closed = once(socket, "close");
    socket.resume();
    await demo.stop();
    await closed;
    expect(await answer).toBe("unreachable");
  });
});
