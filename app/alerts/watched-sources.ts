import type { Alert, AlertSubject } from "./alert.ts";
import type { AlertDeskOptions, JudgedFailure, JudgedReading, SourceAlertSettings } from "./desk.ts";
import { effectiveRules } from "./effective-rules.ts";
import { failingDueAt, isCurrent, type SeenFailure } from "./failing-rule.ts";
import type { LedgerEntry } from "./ledger.ts";
import { asItFired, type MeterFacts, stillTrue, withoutWaiting } from "./meter-rules.ts";
import { type SeenWindow, seenWindow } from "./window-instance.ts";

/** An entry that waits to be told, by the latest figures. */
export type Look =
  /** It goes on waiting: the figures that would say are not there. */
  | { readonly state: "unknown" }
  /** It is true no more, or somebody was told already; `entry` is what stays of it. */
  | { readonly state: "over"; readonly entry: LedgerEntry | null }
  | { readonly state: "true"; readonly level: number; readonly alert: Alert };

const UNKNOWN: Look = { state: "unknown" };

const NO_WINDOW: SeenWindow = { resetsAt: null, endedAt: null };
/** Meters remembered of one source; a gateway that makes up new names has no use for more. */
const MOST_METERS = 400;

/** What was held back is not told by figures older than this, as after a night asleep, but by the next ones. */
const OLD_MS = 60 * 60_000;

/** What the last poll of each source found, as far as this process has seen. */
export interface WatchedSources {
  reading(sourceId: string): JudgedReading | undefined;
  /** Takes a good reading in. Says whether, before it, nothing certain was known of the source. */
  succeeded(reading: JudgedReading, now: number): boolean;
  /** Takes a failure in. Says whether, before it, it was not certain that the source fails. */
  failed(failure: JudgedFailure, now: number): boolean;
  failures(): Iterable<SeenFailure>;
  /** What the rules see of each meter of a reading. */
  facts(reading: JudgedReading, settings: SourceAlertSettings, now: number): MeterFacts[];
  look(entry: LedgerEntry, settings: SourceAlertSettings, now: number): Look;
  /** The alert of an entry as it was when it fired; null where nothing is known to say it with. */
  asItFired(entry: LedgerEntry, now: number): Alert | null;
  /** The meters of other sources that show the same quantity and have true figures. */
  sameQuantity(sourceId: string, meterId: string): { readonly sourceId: string; readonly meterId: string }[];
  keepOnly(sourceIds: ReadonlySet<string>): void;
}

export function createWatchedSources(options: Pick<AlertDeskOptions, "preferences">): WatchedSources {
  const readings = new Map<string, JudgedReading>();
  /** When each was read. */
  const readAt = new Map<string, number>();
  /** By source and meter, whether the last reading held it or not. */
  const windows = new Map<string, Map<string, SeenWindow>>();
  /** By source and meter, what it counts, whether the last reading held it or not. */
  const identities = new Map<string, Map<string, string>>();
  const failures = new Map<string, SeenFailure>();

  /** No figures, or such as may be true no more: the source has failed since, or they are old. */
  const isDoubtful = (sourceId: string, now: number): boolean => {
    const at = readAt.get(sourceId);
    return at === undefined || failures.has(sourceId) || now - at > OLD_MS;
  };

  const noteWindows = ({ sourceId, meters }: JudgedReading, now: number): void => {
    const known = windows.get(sourceId) ?? new Map<string, SeenWindow>();
    for (const meter of meters) {
      const before = known.get(meter.id) ?? NO_WINDOW;
      const after = seenWindow(before, meter, now);
      if (after === before) continue;
      // The latest stand last.
      known.delete(meter.id);
      known.set(meter.id, after);
    }
    dropOldest(known);
    windows.set(sourceId, known);
  };

  const noteIdentities = (reading: JudgedReading): void => {
    const known = identities.get(reading.sourceId) ?? new Map<string, string>();
    for (const [id, identity] of reading.identities) {
      if (known.get(id) === identity) continue;
      known.delete(id);
      known.set(id, identity);
    }
    dropOldest(known);
    identities.set(reading.sourceId, known);
  };

  const meterOf = (entry: LedgerEntry) =>
    readings.get(entry.sourceId)?.meters.find(({ id }) => id === entry.meterId) ?? null;

  const facts = (reading: JudgedReading, settings: SourceAlertSettings, now: number): MeterFacts[] =>
    reading.meters.map((meter) => ({
      sourceId: reading.sourceId,
      meter,
      forecast: reading.forecasts[meter.id] ?? null,
      rules: effectiveRules(options.preferences(), settings, meter.id),
      endedAt: windows.get(reading.sourceId)?.get(meter.id)?.endedAt ?? null,
      now,
    }));

  const alertOf = (entry: LedgerEntry, level: number, what: AlertSubject, now: number): Alert | null => {
    const source = failures.get(entry.sourceId) ?? readings.get(entry.sourceId);
    if (source === undefined) return null;
    const crossing = [entry.sourceId, entry.meterId ?? "", entry.rule, level, new Date(entry.firedAt).toISOString()];
    return {
      id: crossing.join("|"),
      sourceId: entry.sourceId,
      sourceLabel: source.sourceLabel,
      meterId: entry.meterId,
      meterLabel: meterOf(entry)?.label ?? null,
      resetsAt: entry.resetsAt,
      firedAt: now,
      demo: source.demo,
      what,
    };
  };

  const found = (entry: LedgerEntry, level: number, what: AlertSubject, now: number): Look => {
    const alert = alertOf(entry, level, what, now);
    return alert === null ? UNKNOWN : { state: "true", level, alert };
  };

  const lookAtSource = (entry: LedgerEntry, settings: SourceAlertSettings, now: number): Look => {
    const failure = failures.get(entry.sourceId);
    if (failure === undefined) return readings.has(entry.sourceId) ? { state: "over", entry: null } : UNKNOWN;
    if (!isCurrent(failure, now)) return UNKNOWN;
    const dueAt = failingDueAt(failure, effectiveRules(options.preferences(), settings, null));
    if (dueAt === null) return { state: "over", entry: null };
    const { cause, since } = failure;
    return found(entry, entry.level, { type: "failing", cause, since }, now);
  };

  return {
    reading: (sourceId) => readings.get(sourceId),
    succeeded(reading, now) {
      const wasDoubtful = isDoubtful(reading.sourceId, now);
      noteWindows(reading, now);
      noteIdentities(reading);
      failures.delete(reading.sourceId);
      readings.set(reading.sourceId, reading);
      readAt.set(reading.sourceId, now);
      return wasDoubtful;
    },
    failed(failure, now) {
      const before = failures.get(failure.sourceId);
      failures.set(failure.sourceId, { ...failure, seenAt: now });
      return before === undefined || !isCurrent(before, now);
    },
    failures: () => failures.values(),
    facts,
    look(entry, settings, now) {
      if (entry.meterId === null) return lookAtSource(entry, settings, now);
      const reading = readings.get(entry.sourceId);
      const meter = meterOf(entry);
      if (reading === undefined || meter === null) return UNKNOWN;
      // What fired this moment is true whatever came since.
      if (entry.pending !== "moment" && isDoubtful(entry.sourceId, now)) return UNKNOWN;
      for (const each of facts({ ...reading, meters: [meter] }, settings, now)) {
        const waiting = stillTrue(entry, each);
        if (waiting.state === "over") return { state: "over", entry: withoutWaiting(entry) };
        if (waiting.state === "true") return found(entry, waiting.level, waiting.what, now);
      }
      return UNKNOWN;
    },
    asItFired(entry, now) {
      const meter = meterOf(entry);
      const forecast = meter === null ? null : (readings.get(entry.sourceId)?.forecasts[meter.id] ?? null);
      const what = meter === null ? null : asItFired(entry, meter, forecast);
      return what === null ? null : alertOf(entry, entry.level, what, now);
    },
    sameQuantity(sourceId, meterId) {
      const identity = identities.get(sourceId)?.get(meterId);
      if (identity === undefined) return [];
      return [...identities]
        .filter(([other]) => other !== sourceId && !failures.has(other))
        .flatMap(([other, counted]) =>
          [...counted].filter(([, theirs]) => theirs === identity).map(([id]) => ({ sourceId: other, meterId: id })),
        );
    },
    keepOnly(sourceIds) {
      for (const known of [readings, readAt, windows, identities, failures]) {
        for (const id of known.keys()) if (!sourceIds.has(id)) known.delete(id);
      }
    },
  };
}

/** Those that changed last stand last. */
function dropOldest(known: Map<string, unknown>): void {
  for (const id of known.keys()) {
    if (known.size <= MOST_METERS) return;
    known.delete(id);
  }
}
