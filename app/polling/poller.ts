import type { Conditions, Ports } from "../ports.ts";
import type { SourceState } from "../quota/snapshot.ts";
import type { Preferences, SourceConfig } from "../settings/schema.ts";
import { type DueReason, EVENT_REASONS } from "./due-reason.ts";
import { createFlights, type PollOnce } from "./flights.ts";
import { createKeptWaits } from "./kept-waits.ts";
import { type Due, heldBack, isUnheard, isWorthAsking, nextDue, slowedBy, wishReason } from "./policy.ts";
import { createReachability } from "./reachability.ts";
import { askedSpacingMs, floorMs, needsNetwork, paceOf, refreshFacts } from "./refresh-facts.ts";
import { createRefusedKeys } from "./refused-keys.ts";
import { createResetAlarm } from "./reset-alarm.ts";
import type { ResumeSource } from "./resume-source.ts";
import { createScheduler } from "./scheduler.ts";
import {
  afterEdit,
  afterPoll,
  lastPollFacts,
  newRecord,
  type SourceRecord,
  toSourceState,
  withSeed,
} from "./source-record.ts";
import { createSteadyTime } from "./steady-time.ts";

export type { PollOnce } from "./flights.ts";

/** A source to be polled: one of the user's, or one of the demo with its key at hand. */
export interface PolledSource {
  readonly config: SourceConfig;
  readonly demoKey: string | null;
  /** The saved key was replaced: what was read with the old one no longer counts. */
  readonly keyChanged?: boolean;
}

/** What happened to the computer: it woke up, its screen was unlocked, somebody looks, or its conditions may have changed. */
export type WakeReason = "resumed" | "unlocked" | "opened" | "changed";

/** Keeps the records of all sources and polls them when they are due. */
export interface Poller {
  /** Reads what is kept over restarts; before the first `setSources`. */
  load(): Promise<void>;
  /** Makes these the sources, in this order; those that stay keep what they know. */
  setSources(sources: readonly PolledSource[], preferences: Preferences): void;
  /** Polls one (or all) as soon as manners allow, because the user asked. */
  refresh(id: string | null): void;
  /** Polls every source once that may be polled now, whatever its interval, and resolves when all have ended. */
  pollAll(): Promise<void>;
  wake(reason: WakeReason): void;
  /** What earlier runs of the app have seen of a source's meters, for its forecasts; of no use once the source was edited. */
  seed(id: string, epoch: number, samples: SourceRecord["samples"]): void;
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
  /** A poll found none, for whatever reason. */
  readonly onFailure?: (record: SourceRecord) => void;
  /** What another engine knew of a source, where it has just been taken over. */
  readonly resume?: ResumeSource;
  /** Unless told, `pollSource`, sparing refused keys of tools' files. */
  readonly poll?: PollOnce;
}

/** The network needs a moment after a sleep, and not everybody should come at once. */
const RETURN_AFTER_MS = 3_000;
const RETURN_SPREAD_MS = 2_000;
const RETURN_SPREAD_EACH_MS = 100;
/** While polls are held back, the computer is looked at this often. */
const HELD_LOOK_MS = 30_000;

const ALL_WELL: Conditions = { suspended: false, online: true, onBattery: false, idle: false };

export function createPoller(options: PollerOptions): Poller {
  const { ports, automatic, onChange } = options;
  const { clock, random } = ports;
  const records = new Map<string, SourceRecord>();
  const demoKeys = new Map<string, string>();
  const paces = new Map<string, string>();
  // Rebuilt per source only when it changed, so that patches carry only what did.
  const states = new Map<string, SourceState>();
  let order: readonly string[] = [];
  let preferences: Preferences | null = null;
  let conditions = ALL_WELL;
  /** What would be due in a command that ends at once, to be told. */
  const planned = new Map<string, Due | null>();
  let cancelHeldLook: (() => void) | null = null;
  let stopped = false;
  const time = createSteadyTime(clock);
  const refused = createRefusedKeys(ports);
  const flights = createFlights({ poll: options.poll ?? refused.poll, time, random });
  const reach = createReachability();
  const waits = createKeptWaits(ports);

  const changed = (id: string): void => {
    states.delete(id);
    onChange();
  };

  const factsOf = (record: SourceRecord, known: Preferences, now: number) =>
    refreshFacts(record, {
      preferences: known,
      now,
      conditions,
      unreachableTogether: reach.unreachableTogether(),
      chance: random.next(),
      toWall: time.toWall,
    });
  const due = (record: SourceRecord, from: number): Due | null =>
    preferences === null || record.config.paused ? null : nextDue(factsOf(record, preferences, from));

  const scheduler = createScheduler({
    clock,
    time,
    run: async (id, reason) => {
      const before = records.get(id);
      if (before === undefined || before.config.paused) return null;
      if (automatic) {
        look();
        // Who asks gets an answer, even if it is that nothing can be reached.
        if (reason !== "asked" && heldBack(conditions, needsNetwork(before.config)) !== null) {
          lookAgainSoon();
          return due(before, clock.now());
        }
      }
      changed(id);
      const flown = await flights.fly(before.config, demoKeys.get(id) ?? null);
      const now = clock.now();
      const current = records.get(id);
      if (current === undefined) return null;
      // Edited while the poll was under way: what came back belongs to what it was before.
      if (current.epoch !== before.epoch) return automatic ? atOnce(current, now) : null;
      const record = afterPoll(current, flown, { now, steady: time.steady() });
      records.set(id, record);
      waits.note(record, time);
      if (automatic) resets.follow(id, record);
      noteReach(record);
      tell(record);
      const next = due(record, now);
      if (automatic) return next;
      planned.set(id, next);
      return null;
    },
    onSettled: changed,
    onLate: () => {
      look();
      comeBack("resumed");
    },
  });

  /** What others make of a poll is theirs: a mistake in it must not end the polling of a source. */
  const tell = (record: SourceRecord): void => {
    try {
      if (record.last.type === "reading") options.onReading(record);
      else options.onFailure?.(record);
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      ports.logger.log("error", "poll-not-taken", { source: record.config.id, error: name });
    }
  };

  const atOnce = (record: SourceRecord, now: number): Due | null => {
    const next = due(record, now);
    return next?.reason === "first-poll" ? { ...next, reason: "settings-changed" } : next;
  };

  const resets = createResetAlarm({
    clock,
    time,
    onReset: (id) => {
      changed(id);
      return records.get(id) ?? null;
    },
  });

  /** Looks how the computer is now; where it got better, or the clock was set, due times follow. */
  const look = (): void => {
    const before = conditions;
    conditions = ports.conditions?.now() ?? ALL_WELL;
    if (time.wasSet()) {
      for (const [id, record] of records) resets.follow(id, record);
      reconsider(() => true);
      states.clear();
      onChange();
    } else if (slowedBy(conditions) < slowedBy(before)) {
      reconsider((known) => known === "on-battery" || known === "idle");
    }
    const wasHeld = before.suspended || !before.online;
    if (wasHeld && !conditions.suspended && conditions.online) comeBack(before.online ? "resumed" : "online");
  };

  const polledAtOf = ({ polledAt }: SourceRecord, now: number): number =>
    polledAt === null ? now : time.toWall(polledAt);

  /** Works due times out anew from what is known. What is due because something happened stays so. */
  const reconsider = (concerns: (reason: DueReason) => boolean): void => {
    const now = clock.now();
    for (const [id, record] of records) {
      const known = scheduler.dueOf(id);
      if (known === null || EVENT_REASONS.has(known.reason) || !concerns(known.reason)) continue;
      const next = due(record, polledAtOf(record, now));
      if (next === null) continue;
      scheduler.schedule(id, next.dueAt >= now ? next : { ...next, dueAt: now + random.next() * spread() });
      changed(id);
    }
  };

  const spread = (): number => Math.max(RETURN_SPREAD_MS, records.size * RETURN_SPREAD_EACH_MS);

  const lookAgainSoon = (): void => {
    if (cancelHeldLook !== null || stopped) return;
    cancelHeldLook = clock.setTimer(clock.now() + HELD_LOOK_MS, () => {
      cancelHeldLook = null;
      look();
      if (conditions.suspended || !conditions.online) lookAgainSoon();
    });
  };

  /** All that is worth it is polled soon, and what fell due meanwhile comes no more at once than that. */
  const comeBack = (reason: DueReason): void => {
    const now = clock.now();
    for (const record of records.values()) {
      const at = now + RETURN_AFTER_MS + random.next() * spread();
      if (isWorthAsking(lastPollFacts(record))) {
        askFor(record, allowed(record, reason, at, floorMs(record)));
        continue;
      }
      const known = scheduler.dueOf(record.config.id);
      if (known === null) continue;
      // While nothing could be asked, what fell due was put off: it is due as if it had not been.
      const wasPutOff = known.reason === "suspended" || known.reason === "offline";
      const next = wasPutOff ? (due(record, polledAtOf(record, now)) ?? known) : known;
      if (next !== known || known.dueAt < now) {
        scheduler.schedule(record.config.id, { ...next, dueAt: next.dueAt < now ? at : next.dueAt });
      }
    }
  };

  const noteReach = ({ config, last }: SourceRecord): void => {
    if (last.type === "none" || last.type === "needs-key" || !needsNetwork(config)) return;
    const isReached = last.type === "reading" || !isUnheard(last.failure);
    if (reach.note(config.id, isReached) && automatic) comeBack("online");
  };

  /** Not before `earliest`, not sooner after the last poll than `spacing`, and not before the server allows. */
  const allowed = (record: SourceRecord, reason: DueReason, earliest: number, spacing: number): Due => {
    const wanted = Math.max(earliest, record.polledAt === null ? 0 : time.toWall(record.polledAt) + spacing);
    const waitUntil = record.waitUntil === null ? 0 : time.toWall(record.waitUntil);
    return waitUntil > wanted
      ? { dueAt: waitUntil, reason: wishReason(waitUntil, clock.now()) }
      : { dueAt: wanted, reason };
  };

  /** Makes a source due then, unless it is before. */
  const askFor = (record: SourceRecord, next: Due): void => {
    const { id, paused } = record.config;
    // A flight under way brings what was asked for.
    if (paused || scheduler.isFlying(id)) return;
    const known = scheduler.dueOf(id);
    // What fell due while the computer slept is spread like all else.
    if (known !== null && known.dueAt >= clock.now() && known.dueAt <= next.dueAt) return;
    scheduler.schedule(id, next);
    changed(id);
  };

  /** Takes up a source that is new or has changed; the flight under way goes on unless another quota may be read now. */
  const takeUp = ({ config, demoKey, keyChanged = false }: PolledSource, pace: string): void => {
    const { id } = config;
    const before = records.get(id);
    if (demoKey !== null) demoKeys.set(id, demoKey);
    const isSame = before !== undefined && !keyChanged && isEqual(before.config, config);
    if (isSame && pace === paces.get(id)) return;
    const fresh = newRecord(config, demoKey !== null, 0);
    const resumed = before === undefined ? (options.resume?.(config, time) ?? waits.resume(config, time)) : undefined;
    const record = before === undefined ? (resumed?.record ?? fresh) : afterEdit(before, config, keyChanged);
    records.set(id, record);
    states.delete(id);
    const isOther = record.epoch !== before?.epoch;
    if (isOther) {
      refused.forget(id);
      reach.forget(id);
      flights.abort(id);
      if (automatic) resets.follow(id, record);
    }
    const isAtOldPace = !isOther && pace === paces.get(id);
    paces.set(id, pace);
    // A flight under way asks for the due time when it has ended.
    if (!automatic || isAtOldPace || (scheduler.isFlying(id) && !config.paused)) return;
    const now = clock.now();
    const next = resumed?.due ?? due(record, polledAtOf(record, now));
    if (next === null) scheduler.forget(id);
    else scheduler.schedule(id, { ...next, dueAt: Math.max(next.dueAt, now) });
  };

  const drop = (id: string): void => {
    records.delete(id);
    states.delete(id);
    paces.delete(id);
    demoKeys.delete(id);
    refused.forget(id);
    reach.forget(id);
    flights.abort(id);
    flights.forget(id);
    resets.forget(id);
    scheduler.forget(id);
  };

  return {
    load: () => waits.load(),
    setSources(sources, nextPreferences) {
      preferences = nextPreferences;
      const ids = new Set(sources.map((source) => source.config.id));
      for (const id of [...records.keys()]) if (!ids.has(id)) drop(id);
      order = sources.map((source) => source.config.id);
      for (const source of sources) takeUp(source, paceOf(source.config, nextPreferences));
      onChange();
    },
    refresh(id) {
      const now = clock.now();
      for (const record of id === null ? records.values() : present(records.get(id))) {
        refused.forget(record.config.id);
        askFor(record, allowed(record, "asked", now, askedSpacingMs(record)));
      }
    },
    async pollAll() {
      const may = [...records.values()].filter((record) => {
        const next = allowed(record, "asked", clock.now(), askedSpacingMs(record));
        if (!automatic) planned.set(record.config.id, next);
        return next.dueAt <= clock.now();
      });
      await Promise.all(may.map(({ config }) => scheduler.runNow(config.id)));
    },
    wake(reason) {
      if (!automatic || stopped) return;
      look();
      switch (reason) {
        case "changed":
          return;
        case "opened":
          for (const record of records.values()) {
            if (record.polledAt === null || !isWorthAsking(lastPollFacts(record))) continue;
            const next = allowed(record, "opened", clock.now(), floorMs(record));
            if (next.dueAt <= clock.now()) askFor(record, next);
          }
          return scheduler.wake();
        case "resumed":
        case "unlocked":
          comeBack(reason);
          // A reset may have passed meanwhile.
          states.clear();
          scheduler.wake();
          resets.look();
          onChange();
      }
    },
    seed(id, epoch, samples) {
      const record = records.get(id);
      if (record === undefined || record.epoch !== epoch) return;
      records.set(id, withSeed(record, samples));
      changed(id);
    },
    states() {
      const now = clock.now();
      return order.flatMap((id) => {
        const record = records.get(id);
        if (record === undefined || preferences === null) return [];
        const known = states.get(id);
        if (known !== undefined) return [known];
        const next = scheduler.dueOf(id) ?? planned.get(id) ?? null;
        const made = toSourceState(record, preferences, next, scheduler.isFlying(id), now);
        states.set(id, made);
        return [made];
      });
    },
    async stop() {
      stopped = true;
      cancelHeldLook?.();
      cancelHeldLook = null;
      resets.stop();
      // Nobody waits for a slow gateway to leave.
      flights.stop();
      await scheduler.stop();
    },
  };
}

function isEqual(a: SourceConfig, b: SourceConfig): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function present<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
