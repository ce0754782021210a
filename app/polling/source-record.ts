import { type Forecast, forecastMeter } from "../forecast/forecast.ts";
import { addSample, type Sample, seedSamples } from "../forecast/samples.ts";
import { trendOf } from "../history/trend.ts";
import type { Failure, MissingKey } from "../quota/failure.ts";
import { isPastReset, type Meter, resetsAt } from "../quota/meter.ts";
import type { Reading, TraceStep } from "../quota/reading.ts";
import type { SourceState, SourceStatus } from "../quota/snapshot.ts";
import { linePercent, type Preferences, type SourceConfig } from "../settings/schema.ts";
import { findSource } from "../sources/registry.ts";
import { type Due, heededUntil, type RefreshFacts } from "./policy.ts";
import type { PollOutcome } from "./poll-source.ts";
import { originOf } from "./poll-target.ts";
import { NOTHING_PASSED, type ResetWatch, watchResets } from "./reset-watch.ts";

/** How the last poll ended, beside the figures that an earlier one may have left. */
type LastPoll =
  | { readonly type: "none" }
  | { readonly type: "reading" }
  | { readonly type: "failure"; readonly failure: Failure; readonly since: number; readonly consecutive: number }
  | {
      readonly type: "needs-key";
      readonly reason: MissingKey;
      readonly detail: string | null;
      readonly since: number;
    };

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
  /** When the last poll ended, and until when the server asked not to be called again: steady time (steady-time.ts). */
  readonly polledAt: number | null;
  readonly waitUntil: number | null;
  readonly last: LastPoll;
  readonly resets: ResetWatch;
  /** Less was left of some meter at the last reading than at the one before. */
  readonly isFalling: boolean;
  /** The spare address that gave the reading; null where it was the source's own. */
  readonly servedBy: string | null;
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
    waitUntil: null,
    last: { type: "none" },
    resets: NOTHING_PASSED,
    isFalling: false,
    servedBy: null,
    trace: [],
  };
}

/** When a poll ended, by the wall clock and in steady time. */
export interface PollEnd {
  readonly now: number;
  readonly steady: number;
}

/** The record after a poll. A failure never takes figures away. */
export function afterPoll(
  record: SourceRecord,
  { outcome, servedBy }: { readonly outcome: PollOutcome; readonly servedBy: string | null },
  end: PollEnd,
): SourceRecord {
  const { now } = end;
  const polled = { polledAt: end.steady, waitUntil: wishOf(record, outcome, end) };
  switch (outcome.type) {
    case "reading":
      return {
        ...record,
        reading: outcome.reading,
        samples: new Map(
          outcome.reading.meters.map((meter) => [meter.id, addSample(record.samples.get(meter.id) ?? [], meter, now)]),
        ),
        fetchedAt: now,
        ...polled,
        last: { type: "reading" },
        resets: watchResets(record.resets, record.reading?.meters ?? [], outcome.reading.meters, now),
        isFalling: isFalling(record.reading?.meters ?? [], outcome.reading.meters),
        servedBy,
        trace: outcome.trace,
      };
    case "failure": {
      const before = record.last.type === "failure" ? record.last : null;
      return {
        ...record,
        ...polled,
        last: {
          type: "failure",
          failure: outcome.failure,
          since: failingSince(record) ?? now,
          consecutive: (before?.consecutive ?? 0) + 1,
        },
        trace: outcome.trace,
      };
    }
    case "needs-key":
      return {
        ...record,
        ...polled,
        last: { type: "needs-key", reason: outcome.reason, detail: outcome.detail, since: failingSince(record) ?? now },
        trace: [],
      };
  }
}

/** Since when polls have found nothing, whatever the reason of each; null where the last one did. */
export function failingSince({ last }: Pick<SourceRecord, "last">): number | null {
  return last.type === "failure" || last.type === "needs-key" ? last.since : null;
}

/** Until when the server asked not to be called, in steady time. Where nothing was sent, what it asked for before still holds. */
function wishOf(record: SourceRecord, outcome: PollOutcome, { now, steady }: PollEnd): number | null {
  if (outcome.type === "needs-key") return record.waitUntil;
  const told = Math.max(outcome.retryAt ?? 0, outcome.type === "failure" ? (outcome.failure.retryAt ?? 0) : 0);
  return told > now ? steady + heededUntil(told, now) - now : null;
}

function isFalling(before: readonly Meter[], after: readonly Meter[]): boolean {
  return after.some(({ id, remaining }) => {
    const known = before.find((meter) => meter.id === id)?.remaining;
    return typeof known === "number" && typeof remaining === "number" && remaining < known;
  });
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
  if (same) return { ...record, config };
  const next = newRecord(config, record.demo, record.epoch + 1);
  // What a server asked for holds for the same customer of the same server, whatever else was changed.
  const sameCustomer =
    !keyChanged &&
    originOf(before.baseUrl) === originOf(config.baseUrl) &&
    JSON.stringify(before.credential) === JSON.stringify(config.credential);
  return sameCustomer ? { ...next, waitUntil: record.waitUntil } : next;
}

/** The record with samples of before the start put before those that were read since. */
export function withSeed(record: SourceRecord, seeds: SourceRecord["samples"]): SourceRecord {
  const samples = new Map(record.samples);
  for (const [meterId, before] of seeds) {
    const since = samples.get(meterId) ?? [];
    samples.set(meterId, seedSamples([...before, ...since]));
  }
  return { ...record, samples };
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
    forecasts: shownForecasts(record, now),
    trends: trendsOf(record, now),
    ...(record.servedBy !== null && { servedBy: record.servedBy }),
    fetchedAt: record.fetchedAt,
    polling,
    nextDueAt: due?.dueAt ?? null,
    dueReason: due?.reason ?? null,
    trace: [...record.trace],
    linePercent: linePercent(config, preferences),
  };
}

/** A forecast costs more than all else of a poll, so it is made once for a record. */
const knownForecasts = new WeakMap<SourceRecord, Record<string, Forecast>>();

/** Where the meters of a record are heading, by id, as it was at `now` when this was first asked. */
export function forecastsOf(record: SourceRecord, now: number): Readonly<Record<string, Forecast>> {
  const known = knownForecasts.get(record);
  if (known !== undefined) return known;
  const forecasts: Record<string, Forecast> = {};
  for (const meter of record.reading?.meters ?? []) {
    const forecast = forecastMeter(meter, record.samples.get(meter.id) ?? [], now);
    if (forecast !== null) forecasts[meter.id] = forecast;
  }
  knownForecasts.set(record, forecasts);
  return forecasts;
}

/** Without those of windows that have ended. */
function shownForecasts(record: SourceRecord, now: number): Record<string, Forecast> {
  const over = new Set((record.reading?.meters ?? []).filter((meter) => isPastReset(meter, now)).map(({ id }) => id));
  return Object.fromEntries(Object.entries(forecastsOf(record, now)).filter(([id]) => !over.has(id)));
}

function trendsOf({ reading, samples }: SourceRecord, now: number): Record<string, number[]> {
  const trends: Record<string, number[]> = {};
  for (const { id } of reading?.meters ?? []) {
    const trend = trendOf(samples.get(id) ?? [], now);
    if (trend !== null) trends[id] = trend;
  }
  return trends;
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
      return { type: "reading" };
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
