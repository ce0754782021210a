import type { Forecast } from "../forecast/forecast.ts";
import type { AlertLedgerStore, Clock, Logger } from "../ports.ts";
import type { Meter } from "../quota/meter.ts";
import type { Preferences, SourceConfig } from "../settings/schema.ts";
import type { Alert, AlertDelivery, FailingCause } from "./alert.ts";
import type { AlertLogEntry, SinkOutcome } from "./alert-log.ts";
import type { Snooze } from "./ledger.ts";

/** How alerts are set, as far as preferences go. */
export type AlertPreferences = Pick<Preferences, "alertsEnabled" | "thresholds" | "alertRules" | "quietHours">;

/** How alerts are set for one source, a budget among them. */
export type SourceAlertSettings = Pick<SourceConfig, "muted" | "thresholds" | "alertRules" | "meters">;

interface FromSource {
  readonly sourceId: string;
  readonly sourceLabel: string;
  readonly demo: boolean;
}

/** What one successful poll found. */
export interface JudgedReading extends FromSource {
  readonly meters: readonly Meter[];
  /** By meter id. */
  readonly forecasts: Readonly<Record<string, Forecast>>;
  /** What each meter counts, by meter id: two sources may tell the same quantity (app/quota/same-thing.ts). */
  readonly identities: ReadonlyMap<string, string>;
}

/** A poll that found nothing. */
export interface JudgedFailure extends FromSource {
  readonly cause: FailingCause;
  /** When the first of the polls failed that have failed in a row, epoch milliseconds. */
  readonly since: number;
  /** How many have. */
  readonly consecutive: number;
}

/** Whose alerts wait: a meter's, a source's (`meterId` null), or all (`sourceId` null, too). */
export type SnoozeTarget = Pick<Snooze, "sourceId" | "meterId">;

/** An hour; until the meter's reset; until the next morning at 8, local time. */
export type SnoozeLength = "hour" | "reset" | "tomorrow";

export interface AlertDeskOptions {
  readonly store: AlertLedgerStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The settings as they are now; asked at every decision. */
  readonly preferences: () => AlertPreferences;
  /** Null for a source that is not watched (gone, removed, paused): nothing is told of it. */
  readonly source: (sourceId: string) => SourceAlertSettings | null;
  /** Tells people. What comes of each place is in the result; it is not expected to reject. */
  readonly deliver: (delivery: AlertDelivery) => Promise<readonly SinkOutcome[]>;
  /** One line of the alert log. */
  readonly onLog: (entry: AlertLogEntry) => void;
  /** `open()`, `snoozes()` or `quietUntil()` changed. */
  readonly onChanged: () => void;
  /** IANA name of the computer's zone; that of the process unless told. */
  readonly localZone?: () => string;
}

/** Carries out what the alert rules decide: first the ledger, durably, then the people. */
export interface AlertDesk {
  /** Reads the ledger. Before anything else. */
  load(): Promise<void>;
  /** Judges fresh figures. Resolves when what follows from them is in the ledger; it is told within 5 s. */
  judge(reading: JudgedReading): Promise<void>;
  /** Takes note of a poll that failed or had no key. It may only ever tell that the source fails for long. */
  failing(failure: JudgedFailure): Promise<void>;
  /** Preferences or sources changed: what waits is looked at again. */
  settingsChanged(): Promise<void>;
  /** Holds alerts back for a while; gives the end, or null where there is no reset to wait for. */
  snooze(target: SnoozeTarget, length: SnoozeLength): Promise<number | null>;
  /** Ends a snooze; what it held back and is still true is told. */
  unsnooze(target: SnoozeTarget): Promise<void>;
  /** The same list while nothing changes. */
  snoozes(): readonly Snooze[];
  /** When the quiet hours that are in force end; null when none are. */
  quietUntil(): number | null;
  /** Alerts told and not dismissed, newest first; the same list while nothing changes. */
  open(): readonly Alert[];
  dismiss(id: string): void;
  /** Shows one alert because the user asked, past every rule and without a trace. */
  sample(alert: Alert): Promise<readonly SinkOutcome[]>;
  /** Forgets sources that are gone. */
  keepOnly(sourceIds: ReadonlySet<string>): Promise<void>;
  /** Ends timers, waits a moment for a delivery under way; what waits stays in the ledger. */
  stop(): Promise<void>;
}
