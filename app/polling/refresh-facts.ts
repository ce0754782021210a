import type { Conditions } from "../ports.ts";
import { isLoopback } from "../settings/base-url.ts";
import { linePercent, type Preferences, type SourceConfig } from "../settings/schema.ts";
import { findSource } from "../sources/registry.ts";
import { FLOOR_MS, type RefreshFacts } from "./policy.ts";
import { wantedResets } from "./reset-watch.ts";
import { forecastsOf, lastPollFacts, type SourceRecord } from "./source-record.ts";

/** The demo lives on this computer, so it may move while somebody watches. */
const DEMO_INTERVAL_MS = 15_000;
/** Two polls that the user asked for are at least this far apart, and where the kind demands much, a part of that. */
const ASKED_SPACING_MS = 3_000;
const ASKED_SHARE_OF_FLOOR = 1 / 10;

/** What stands around a source when its next poll is decided. */
export interface RefreshSetting {
  readonly preferences: Preferences;
  readonly now: number;
  readonly conditions: Conditions;
  readonly unreachableTogether: number;
  readonly chance: number;
  /** Steady time as the wall clock has it. */
  readonly toWall: (steady: number) => number;
}

/** What the policy is told of a source. */
export function refreshFacts(record: SourceRecord, setting: RefreshSetting): RefreshFacts {
  const { config } = record;
  const { preferences, now, conditions, unreachableTogether, chance } = setting;
  const meters = record.reading?.meters ?? [];
  return {
    now,
    last: lastPollFacts(record),
    meters,
    resets: wantedResets(record.resets, meters),
    intervalMs: intervalMs(record, preferences),
    floorMs: floorMs(record),
    waitUntil: record.waitUntil === null ? null : setting.toWall(record.waitUntil),
    keyInFile: config.credential.type === "file",
    linePercent: linePercent(config, preferences),
    runsOutAt: runsOutAt(record, now),
    isFalling: record.isFalling,
    unreachableTogether,
    conditions,
    needsNetwork: needsNetwork(config),
    chance,
  };
}

export function intervalMs({ config, demo }: SourceRecord, preferences: Preferences): number {
  return demo ? DEMO_INTERVAL_MS : (config.intervalSeconds ?? preferences.intervalSeconds) * 1000;
}

/** Nothing polls by itself faster than this. */
export function floorMs(record: SourceRecord): number {
  return record.demo ? DEMO_INTERVAL_MS : Math.max(FLOOR_MS, kindFloorMs(record.config));
}

/**
 * So far after the last poll comes one that the user asks for. Where the service answered, what its kind demands counts for something
 * even for the user; where it did not, somebody is mending it.
 */
export function askedSpacingMs({ config, last }: SourceRecord): number {
  const demanded = last.type === "reading" ? kindFloorMs(config) : 0;
  return demanded > FLOOR_MS ? Math.max(ASKED_SPACING_MS, demanded * ASKED_SHARE_OF_FLOOR) : ASKED_SPACING_MS;
}

/** What the kind itself demands between two polls. */
function kindFloorMs({ kind }: SourceConfig): number {
  return (findSource(kind)?.minIntervalSeconds ?? 0) * 1000;
}

/** What of the settings decides when a source is polled, and what is shown of it: all else leaves its due time alone. */
export function paceOf(config: SourceConfig, preferences: Preferences): string {
  const interval = config.intervalSeconds ?? preferences.intervalSeconds;
  return `${config.paused} ${interval} ${linePercent(config, preferences)}`;
}

/** Asked several times for each poll, and as long as a source's settings stay the same, so does the answer. */
const knownToNeedNetwork = new WeakMap<SourceConfig, boolean>();

/** Whether any of its addresses is another computer. */
export function needsNetwork(config: SourceConfig): boolean {
  const known = knownToNeedNetwork.get(config);
  if (known !== undefined) return known;
  const addresses = [config.baseUrl, ...config.spareBaseUrls];
  const needs = addresses.some((url) => !URL.canParse(url) || !isLoopback(new URL(url).hostname));
  knownToNeedNetwork.set(config, needs);
  return needs;
}

/** When the first meter runs out that does so before its reset. */
function runsOutAt(record: SourceRecord, now: number): number | null {
  let first: number | null = null;
  for (const { runsOutAt: at, beforeReset } of Object.values(forecastsOf(record, now))) {
    if (at !== null && beforeReset !== false && (first === null || at < first)) first = at;
  }
  return first;
}
