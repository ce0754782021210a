import type { HostInfo } from "../../app/contract/contract.ts";
import type { AnyCallResult } from "../../app/contract/host.ts";
import type { Engine } from "../../app/engine.ts";
import type { Clock } from "../../app/ports.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { createStatePublisher } from "../../app/state-publisher.ts";
import { emptyState } from "./empty-state.ts";

/** A source as it is right after it was read for the `count`th time. */
export function polledSource(id: string, count: number): SourceState {
  return {
    id,
    kind: "neutral",
    label: `Gateway ${id}`,
    baseUrl: "https://llm.example.org",
    demo: false,
    muted: false,
    status: { state: "fresh" },
    reading: { meters: [], account: `poll ${count}`, notices: [] },
    fetchedAt: 1_000 + count,
    polling: false,
    nextDueAt: null,
    dueReason: null,
    trace: [],
    linePercent: 20,
  };
}

/** An engine that publishes states as the real one does, and does nothing else. */
export interface SmallEngine extends Engine {
  /** What happened to it, in order: "start", "stop", "wake opened", "pollAll", and the calls. */
  readonly happened: readonly string[];
  /** Reads a source once more. */
  poll(id: string): void;
  isWatched(): boolean;
}

export interface SmallEngineOptions {
  readonly info: HostInfo;
  readonly clock: Clock;
  readonly onStart?: () => Promise<void>;
  /** What it writes at its end. */
  readonly onStop?: () => Promise<void>;
  readonly answer?: (name: string, input: unknown) => Promise<AnyCallResult>;
}

export function createSmallEngine({ info, clock, onStart, onStop, answer }: SmallEngineOptions): SmallEngine {
  const happened: string[] = [];
  let sources: SourceState[] = [];
  let count = 0;
  let watchers = 0;
  const publisher = createStatePublisher(clock, (revision) => ({
    ...emptyState({ revision, host: info }),
    sources,
  }));
  const counted = (off: () => void): (() => void) => {
    watchers += 1;
    return () => {
      watchers -= 1;
      off();
    };
  };
  const poll = (id: string): void => {
    count += 1;
    const read = polledSource(id, count);
    const known = sources.some((source) => source.id === id);
    sources = known ? sources.map((source) => (source.id === id ? read : source)) : [...sources, read];
    publisher.touch();
  };
  return {
    happened,
    poll,
    isWatched: () => watchers > 0,
    async start() {
      await onStart?.();
      happened.push("start");
    },
    async stop() {
      await onStop?.();
      happened.push("stop");
      publisher.stop();
    },
    async handle(name, input) {
      happened.push(name);
      if (name === "state.get") return { ok: true, value: publisher.current() };
      if (name === "sources.refresh") {
        poll("a");
        return { ok: true, value: undefined };
      }
      return answer === undefined ? { ok: true, value: { name, input } } : answer(name, input);
    },
    subscribe: (listener) => counted(publisher.subscribe(listener)),
    state: () => publisher.current(),
    onState: (listener) => counted(publisher.onState(listener)),
    wake: (reason) => happened.push(`wake ${reason}`),
    async pollAll() {
      happened.push("pollAll");
    },
    forgetRemoved: async () => undefined,
    showSource: (sourceId) => publisher.emit({ name: "shell.showSource", value: { sourceId } }),
  };
}
