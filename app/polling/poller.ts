import type { Ports, Random } from "../ports.ts";
import type { SourceState } from "../quota/snapshot.ts";
import { linePercent, type Preferences, type SourceConfig } from "../settings/schema.ts";
import { findSource } from "../sources/registry.ts";
import { createConcurrencyGate } from "./concurrency.ts";
import type { DueReason } from "./due-reason.ts";
import { type Due, FLOOR_MS, nextDue, type RefreshFacts } from "./policy.ts";
import type { PollOutcome } from "./poll-source.ts";
import { type PollTarget, pollTarget } from "./poll-target.ts";
import { createRefusedKeys } from "./refused-keys.ts";
import { createScheduler } from "./scheduler.ts";
import {
  afterEdit,
  afterPoll,
  lastPollFacts,
  newRecord,
  nextReset,
  type SourceRecord,
  toSourceState,
} from "./source-record.ts";

/** A source to be polled: one of the user's, or one of the demo with its key at hand. */
export interface PolledSource {
  readonly config: SourceConfig;
  readonly demoKey: string | null;
  /** The saved key was replaced: what was read with the old one no longer counts. */
  readonly keyChanged?: boolean;
}

/** Keeps the records of all sources and polls them when they are due. */
export interface Poller {
  /** Makes these the sources, in this order; those that stay keep what they know. */
  setSources(sources: readonly PolledSource[], preferences: Preferences): void;
  /** Polls one (or all) as soon as manners allow. */
  refresh(id: string | null, reason: DueReason): void;
  /** Polls every source once and resolves when all have ended. */
  pollAll(): Promise<void>;
  /** Sources older than a minute are polled because somebody looks at them. */
  opened(): void;
  resumed(): void;
  states(): SourceState[];
  stop(): Promise<void>;
}

export interface PollerOptions {
  readonly ports: Ports;
  /** False: nothing is polled by itself, only by pollAll. */
  readonly automatic: boolean;
  readonly onChange: () => void;
  /** A poll found figures. */
  readonly onReading: (record: SourceRecord) => void;
  /** Polls one address of a source once, and must not reject. Unless told, `pollSource`, sparing refused keys of tools' files. */
  readonly poll?: PollOnce;
}

export type PollOnce = (target: PollTarget, signal: AbortSignal) => Promise<PollOutcome>;

const LIMITS = { perKey: 2, total: 8 };
/** Two asked-for polls of one source are at least this far apart. */
const ASKED_SPACING_MS = 3_000;
/** The demo lives on this computer, so it may move while somebody watches. */
const DEMO_INTERVAL_MS = 15_000;
const OPENED_AGE_MS = 60_000;

export function createPoller(options: PollerOptions): Poller {
  const { ports, onChange } = options;
  const { clock, random } = ports;
  const records = new Map<string, SourceRecord>();
  const demoKeys = new Map<string, string>();
  // Rebuilt per source only when it changed, so that patches carry only what did.
  const states = new Map<string, SourceState>();
  let order: readonly string[] = [];
  let preferences: Preferences | null = null;
  let cancelResetWatch: (() => void) | null = null;
  let stopped = false;
  const gate = createConcurrencyGate(LIMITS);
  const refused = createRefusedKeys(ports);
  const poll = options.poll ?? refused.poll;
  const ending = new AbortController();

  const changed = (id: string): void => {
    states.delete(id);
    onChange();
  };

  const due = (record: SourceRecord, from: number): Due | null =>
    preferences === null || record.config.paused ? null : nextDue(facts(record, preferences, from, random));

  const scheduler = createScheduler({
    clock,
    run: async (id) => {
      const before = records.get(id);
      if (before === undefined || before.config.paused) return null;
      changed(id);
      const outcome = await fly(before);
      const now = clock.now();
      const current = records.get(id);
      if (current === undefined) return null;
      // Edited while the poll was under way: what came back belongs to what it was before.
      if (current.epoch !== before.epoch) return { dueAt: now, reason: "settings-changed" };
      const record = afterPoll(current, outcome, now);
      records.set(id, record);
      watchResets();
      if (outcome.type === "reading") options.onReading(record);
      return options.automatic ? due(record, now) : null;
    },
    onSettled: changed,
  });

  const fly = async (record: SourceRecord): Promise<PollOutcome> => {
    const { config } = record;
    const target = pollTarget(config, { key: demoKeys.get(config.id) ?? null, others: {} });
    const leave = await gate.enter(originOf(config.baseUrl));
    try {
      return await poll(target, ending.signal);
    } finally {
      leave();
    }
  };

  const watchResets = (): void => {
    cancelResetWatch?.();
    cancelResetWatch = null;
    // Flights that end while the poller is being stopped come by here, too.
    if (!options.automatic || stopped) return;
    const now = clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const record of records.values()) next = Math.min(next, nextReset(record, now) ?? next);
    if (next === Number.POSITIVE_INFINITY) return;
    cancelResetWatch = clock.setTimer(next, () => {
      states.clear();
      onChange();
      watchResets();
    });
  };

  const askFor = (record: SourceRecord, reason: DueReason, earliest: number): void => {
    if (record.config.paused) return;
    refused.forget(record.config.id);
    const { last } = record;
    // The server's wish to wait holds even when the user asks.
    const allowed = last.type === "failure" ? (last.failure.retryAt ?? 0) : 0;
    const spaced = record.polledAt === null ? 0 : record.polledAt + ASKED_SPACING_MS;
    const dueAt = Math.max(earliest, allowed, spaced);
    const known = scheduler.dueOf(record.config.id);
    if (known !== null && known.dueAt <= dueAt) return;
    scheduler.schedule(record.config.id, { dueAt, reason: allowed >= dueAt ? "retry-after" : reason });
    changed(record.config.id);
  };

  return {
    setSources(sources, nextPreferences) {
      const preferencesChanged = preferences !== nextPreferences;
      preferences = nextPreferences;
      const ids = new Set(sources.map((source) => source.config.id));
      for (const id of records.keys()) {
        if (ids.has(id)) continue;
        records.delete(id);
        states.delete(id);
        demoKeys.delete(id);
        refused.forget(id);
        scheduler.forget(id);
      }
      order = sources.map((source) => source.config.id);
      for (const { config, demoKey, keyChanged = false } of sources) {
        const before = records.get(config.id);
        if (demoKey !== null) demoKeys.set(config.id, demoKey);
        if (before !== undefined && before.config === config && !keyChanged && !preferencesChanged) continue;
        const record =
          before === undefined ? newRecord(config, demoKey !== null, 0) : afterEdit(before, config, keyChanged);
        records.set(config.id, record);
        states.delete(config.id);
        if (record.epoch !== before?.epoch) refused.forget(config.id);
        if (!options.automatic) continue;
        const next = due(record, record.polledAt ?? clock.now());
        if (next === null) scheduler.forget(config.id);
        else scheduler.schedule(config.id, { ...next, dueAt: Math.max(next.dueAt, clock.now()) });
      }
      watchResets();
      onChange();
    },
    refresh(id, reason) {
      const now = clock.now();
      for (const record of id === null ? records.values() : present(records.get(id))) askFor(record, reason, now);
    },
    async pollAll() {
      await Promise.all([...records.keys()].map((id) => scheduler.runNow(id)));
    },
    opened() {
      const now = clock.now();
      for (const record of records.values()) {
        const floor = Math.max(OPENED_AGE_MS, minInterval(record.config.kind));
        if (record.polledAt !== null && now - record.polledAt >= floor && record.last.type !== "needs-key") {
          askFor(record, "asked", now);
        }
      }
      scheduler.wake();
    },
    resumed() {
      const now = clock.now();
      // The network needs a moment after a sleep, and not everybody should come at once.
      for (const record of records.values()) askFor(record, "resumed", now + 3_000 + random.next() * 2_000);
      states.clear();
      scheduler.wake();
      watchResets();
      onChange();
    },
    states() {
      const now = clock.now();
      return order.flatMap((id) => {
        const record = records.get(id);
        if (record === undefined || preferences === null) return [];
        const known = states.get(id);
        if (known !== undefined) return [known];
        const made = toSourceState(record, preferences, scheduler.dueOf(id), scheduler.isFlying(id), now);
        states.set(id, made);
        return [made];
      });
    },
    async stop() {
      stopped = true;
      cancelResetWatch?.();
      cancelResetWatch = null;
      // Nobody waits for a slow gateway to leave.
      ending.abort();
      await scheduler.stop();
    },
  };
}

function facts(record: SourceRecord, preferences: Preferences, now: number, random: Random): RefreshFacts {
  const { config, demo } = record;
  return {
    now,
    last: lastPollFacts(record),
    intervalMs: demo ? DEMO_INTERVAL_MS : (config.intervalSeconds ?? preferences.intervalSeconds) * 1000,
    floorMs: demo ? DEMO_INTERVAL_MS : Math.max(FLOOR_MS, minInterval(config.kind)),
    keyInFile: config.credential.type === "file",
    linePercent: linePercent(config, preferences),
    chance: random.next(),
  };
}

/** What requests to one server have in common. An address that cannot be read has its poll to say so. */
function originOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).origin : baseUrl;
}

function minInterval(kind: string): number {
  return (findSource(kind)?.minIntervalSeconds ?? 0) * 1000;
}

function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
