import { type Forecast, forecastMeter } from "../forecast/forecast.ts";
import { addSample, type Sample } from "../forecast/samples.ts";
import type { Failure, MissingKey } from "../quota/failure.ts";
import { isPastReset, resetsAt } from "../quota/meter.ts";
import type { Reading, TraceStep } from "../quota/reading.ts";
import type { SourceState, SourceStatus } from "../quota/snapshot.ts";
import { linePercent, type Preferences, type SourceConfig } from "../settings/schema.ts";
import { findSource } from "../sources/registry.ts";
import type { Due, RefreshFacts } from "./policy.ts";
import type { PollOutcome } from "./poll-source.ts";

/** How the last poll ended, beside the figures that an earlier one may have left. */
type LastPoll =
  | { readonly type: "none" }
  | { readonly type: "reading" }
  | { readonly type: "failure"; readonly failure: Failure; readonly since: number; readonly consecutive: number }
  | { readonly type: "needs-key"; readonly reason: MissingKey; readonly detail: string | null };

/** What the engine remembers of one source between polls. Immutable. */
export interface SourceRecord {
  /** A new number whenever what is read may be another quota: a flight begun under an older one is not believed. */
  readonly epoch: number;
  readonly config: SourceConfig;
  readonly demo: boolean;
  readonly reading: Reading | null;
  /** What was left at earlier polls, by meter id, for forecasts. Kept while the host runs. */
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
  readonly fetchedAt: number | null;
  readonly polledAt: number | null;
  readonly last: LastPoll;
  readonly trace: readonly TraceStep[];
}

export function newRecord(config: SourceConfig, demo: boolean, epoch: number): SourceRecord {
  return {
    epoch,
    config,
    demo,
    reading: null,
    samples: new Map(),
    fetchedAt: null,
    polledAt: null,
    last: { type: "none" },
    trace: [],
  };
}

/** The record after a poll. A failure never takes figures away. */
export function afterPoll(record: SourceRecord, outcome: PollOutcome, now: number): SourceRecord {
  switch (outcome.type) {
    case "reading":
      return {
        ...record,
        reading: outcome.reading,
        samples: new Map(
          outcome.reading.meters.map((meter) => [meter.id, addSample(record.samples.get(meter.id) ?? [], meter, now)]),
        ),
        fetchedAt: now,
        polledAt: now,
        last: { type: "reading" },
        trace: outcome.trace,
      };
    case "failure": {
      const before = record.last.type === "failure" ? record.last : null;
      return {
        ...record,
        polledAt: now,
        last: {
          type: "failure",
          failure: outcome.failure,
          since: before?.since ?? now,
          consecutive: (before?.consecutive ?? 0) + 1,
        },
        trace: outcome.trace,
      };
    }
    case "needs-key":
      return {
        ...record,
        polledAt: now,
        last: { type: "needs-key", reason: outcome.reason, detail: outcome.detail },
        trace: [],
      };
  }
}

/**
 * The record after its settings changed. Figures survive a new name, interval or threshold; they do not survive a change
 * of what is read (kind, address, options, key), which may be another quota altogether.
 */
export function afterEdit(record: SourceRecord, config: SourceConfig, keyChanged: boolean): SourceRecord {
  const before = record.config;
  const same =
    !keyChanged &&
    before.kind === config.kind &&
    before.baseUrl === config.baseUrl &&
    JSON.stringify(before.options) === JSON.stringify(config.options) &&
    JSON.stringify([before.credential, before.secrets]) === JSON.stringify([config.credential, config.secrets]);
  return same ? { ...record, config } : newRecord(config, record.demo, record.epoch + 1);
}

function statusOf(record: SourceRecord, now: number): SourceStatus {
  if (record.config.paused) return { state: "paused" };
  const { last, reading } = record;
  switch (last.type) {
    case "none":
      return { state: "loading" };
    case "needs-key":
      return { state: "needs-key", reason: last.reason, detail: last.detail };
    case "failure":
      return { state: reading === null ? "failed" : "stale", failure: last.failure, since: last.since };
    case "reading": {
      const passed = (reading?.meters ?? [])
        .filter((meter) => isPastReset(meter, now))
        .map((meter) => resetsAt(meter) ?? now);
      return passed.length === 0 ? { state: "fresh" } : { state: "awaiting-reset", since: Math.min(...passed) };
    }
  }
}

/** What faces see of a record. */
export function toSourceState(
  record: SourceRecord,
  preferences: Preferences,
  due: Due | null,
  polling: boolean,
  now: number,
): SourceState {
  const { config } = record;
  const kindName = findSource(config.kind)?.name;
  return {
    id: config.id,
    kind: config.kind,
    ...(kindName !== undefined && { kindName }),
    label: config.label,
    baseUrl: config.baseUrl,
    demo: record.demo,
    muted: config.muted,
    status: statusOf(record, now),
    reading: record.reading,
    forecasts: forecastsOf(record, now),
    fetchedAt: record.fetchedAt,
    polling,
    nextDueAt: due?.dueAt ?? null,
    dueReason: due?.reason ?? null,
    trace: [...record.trace],
    linePercent: linePercent(config, preferences),
  };
}

function forecastsOf({ reading, samples }: SourceRecord, now: number): Record<string, Forecast> {
  const forecasts: Record<string, Forecast> = {};
  for (const meter of reading?.meters ?? []) {
    const forecast = forecastMeter(meter, samples.get(meter.id) ?? [], now);
    if (forecast !== null) forecasts[meter.id] = forecast;
  }
  return forecasts;
}

/** What the refresh policy needs of a record. */
export function lastPollFacts(record: SourceRecord): RefreshFacts["last"] {
  const { last } = record;
  switch (last.type) {
    case "none":
      return null;
    case "needs-key":
      return { type: "needs-key", reason: last.reason };
    case "failure":
      return { type: "failure", failure: last.failure, consecutive: last.consecutive };
    case "reading":
      return { type: "reading", meters: record.reading?.meters ?? [] };
  }
}

/** The next moment at which a figure that is shown stops being true by itself; null when there is none. */
export function nextReset(record: SourceRecord, now: number): number | null {
  let next: number | null = null;
  for (const meter of record.reading?.meters ?? []) {
    const at = resetsAt(meter);
    if (at !== null && at > now && (next === null || at < next)) next = at;
  }
  return next;
}
