import * as z from "zod";
import type { AppState, SourceDraft } from "../../app/contract/contract.ts";
import { createEngine, type Engine, type EngineOptions } from "../../app/engine.ts";
import type { HttpRequest, HttpResult } from "../../app/ports.ts";
import { createMemoryPorts, json, type MemoryPorts } from "./memory-ports.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

export const START = Date.parse("2026-11-20T12:00:00Z");
export const MINUTE = 60_000;
export const KEY = "sk-test-0123456789abcdef";
const DEMO = {
  id: "demo-1",
  kind: "neutral",
  label: "Demo gateway",
  baseUrl: "http://127.0.0.1:9",
  options: {},
  key: "demo-key-123",
};

type Answer = (request: HttpRequest) => HttpResult | Promise<HttpResult>;

/** The neutral shape with so many tokens used of 100. */
export const quota = (used: number, limit = 100): HttpResult => json({ key: "team", tokens: { limit, used } });

/** An engine on ports in memory and a clock that stands still until told. */
export interface Rig {
  readonly clock: VirtualClock;
  readonly ports: MemoryPorts;
  readonly engine: Engine;
  answer: Answer;
  /** A second engine on the same ports, with other options where told. */
  restart(change?: Partial<EngineOptions>): Promise<Engine>;
}

export async function rig(
  options: Partial<EngineOptions> = {},
  prepare: (ports: MemoryPorts) => void = () => undefined,
): Promise<Rig> {
  const clock = createVirtualClock(START);
  const box: { answer: Answer } = { answer: () => quota(50) };
  const ports = createMemoryPorts(clock, (request) => box.answer(request), [DEMO]);
  prepare(ports);
  const make = (change: Partial<EngineOptions> = {}) =>
    createEngine(ports, {
      host: { face: "web", version: "0", platform: "linux", settingsPath: ports.settings.path },
      demo: "auto",
      automatic: true,
      shell: { openSettings: () => undefined },
      ...options,
      ...change,
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
    async restart(change) {
      const again = make(change);
      await again.start();
      return again;
    },
  };
}

export const draft = (change: Partial<SourceDraft> = {}): SourceDraft => ({
  id: null,
  kind: "neutral",
  label: "Gateway",
  baseUrl: "https://llm.example.org",
  allowPlainHttp: false,
  key: { type: "secret", secret: KEY },
  secrets: {},
  options: {},
  ...change,
});

export async function add(engine: Engine, change: Partial<SourceDraft> = {}): Promise<string> {
  const result = await engine.handle("sources.save", draft(change));
  if (!result.ok) throw new Error(result.error.code);
  return z.object({ id: z.string() }).parse(result.value).id;
}

export const only = (engine: Engine): AppState["sources"][number] => {
  const [source] = engine.state().sources;
  if (source === undefined) throw new Error("no source");
  return source;
};
