import type { PollOutcome } from "../../app/polling/poll-source.ts";
import type { PollTarget } from "../../app/polling/poll-target.ts";
import { createPoller, type PolledSource, type Poller } from "../../app/polling/poller.ts";
import { resumeFrom } from "../../app/polling/resume-source.ts";
import type { SourceRecord } from "../../app/polling/source-record.ts";
import type { Conditions } from "../../app/ports.ts";
import type { FailureCause } from "../../app/quota/failure.ts";
import type { Meter } from "../../app/quota/meter.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import {
  DEFAULT_PREFERENCES,
  type Preferences,
  SOURCE_DEFAULTS,
  type SourceConfig,
} from "../../app/settings/schema.ts";
import { createMemoryPorts, json } from "./memory-ports.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

export const START = Date.parse("2026-11-20T12:00:00Z");
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** One poll as it was begun: of which source, at which address, when (milliseconds since the start). */
export interface Begun {
  readonly id: string;
  readonly url: string;
  readonly at: number;
}

/** A poller with gateways that answer by a function, and a clock that stands still until told. */
export interface PollRig {
  readonly clock: VirtualClock;
  readonly poller: Poller;
  readonly begun: Begun[];
  conditions: Conditions;
  answer: (target: PollTarget, signal: AbortSignal) => PollOutcome | Promise<PollOutcome>;
  chance: () => number;
  onReading: (record: SourceRecord) => void;
  set(configs: readonly SourceConfig[], preferences?: Partial<Preferences>): void;
  /** Since the start, of one source or all. */
  times(id?: string): number[];
  state(id?: string): SourceState;
}

export function pollRig(
  options: { automatic?: boolean; startedAt?: number; resume?: readonly SourceState[] } = {},
): PollRig {
  const clock = createVirtualClock(options.startedAt ?? START);
  const begun: Begun[] = [];
  const memory = createMemoryPorts(clock, () => json({}));
  const ports = {
    ...memory,
    random: { next: () => rig.chance(), id: () => "id" },
    conditions: { now: () => rig.conditions },
  };
  const poller = createPoller({
    ports,
    automatic: options.automatic ?? true,
    onChange: () => undefined,
    onReading: (record) => rig.onReading(record),
    ...(options.resume !== undefined && { resume: resumeFrom(options.resume, () => clock.now()) }),
    poll: async (target, signal) => {
      begun.push({ id: target.id, url: target.baseUrl, at: clock.now() - START });
      return rig.answer(target, signal);
    },
  });
  const rig: PollRig = {
    clock,
    poller,
    begun,
    conditions: { suspended: false, online: true, onBattery: false, idle: false },
    answer: () => reading(),
    chance: () => 0.5,
    onReading: () => undefined,
    set(configs, preferences = {}) {
      const sources: PolledSource[] = configs.map((config) => ({ config, demoKey: null }));
      poller.setSources(sources, { ...DEFAULT_PREFERENCES, ...preferences });
    },
    times: (id) => begun.filter((poll) => id === undefined || poll.id === id).map(({ at }) => at),
    state(id) {
      const found = poller.states().find((state) => id === undefined || state.id === id);
      if (found === undefined) throw new Error("no such source");
      return found;
    },
  };
  return rig;
}

export const source = (id: string, change: Partial<SourceConfig> = {}): SourceConfig => ({
  ...SOURCE_DEFAULTS,
  id,
  kind: "neutral",
  label: id,
  baseUrl: `https://${id}.example.org`,
  allowPlainHttp: false,
  credential: { type: "env", name: "KEY" },
  secrets: {},
  options: {},
  ...change,
});

export const meter = (remaining: number, resetsAt: number | null = null, id = "tokens"): Meter => ({
  id,
  label: { key: "meter.tokens" },
  unit: { kind: "tokens" },
  limit: 100,
  used: 100 - remaining,
  remaining,
  window: { kind: "period", resetsAt, resetBasis: "reported" },
  scope: "key",
  confidence: "reported",
});

export const reading = (meters: readonly Meter[] = [meter(80)], retryAt: number | null = null): PollOutcome => ({
  type: "reading",
  reading: { meters: [...meters], account: null, notices: [] },
  trace: [],
  retryAt,
});

export const failing = (cause: FailureCause, retryAt: number | null = null): PollOutcome => ({
  type: "failure",
  failure: { cause, detail: null, status: null, retryAt },
  trace: [{ method: "GET", url: "https://x", status: null, ms: 1, bytes: 0, problem: cause }],
});
