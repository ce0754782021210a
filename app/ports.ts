import type { AlertDelivery } from "./alerts/alert.ts";
import type { AlertLogEntry, SinkOutcome } from "./alerts/alert-log.ts";
import type { AlertLedger } from "./alerts/ledger.ts";
import type { SpendBook } from "./budgets/spend-book.ts";
import type { AppState } from "./contract/contract.ts";
import type { MeterSample, SeriesDescription } from "./history/sample.ts";
import type { HistorySeries, Resolution } from "./history/series.ts";
import type { HistoryStatus } from "./history/status.ts";
import type { KeptWait } from "./polling/kept-waits.ts";
import type { MissingKey } from "./quota/failure.ts";
import type { MetricsSettings, MetricsStatus } from "./settings/metrics-settings.ts";
import type { Credential } from "./settings/schema.ts";

/** Everything that the engine needs of the world. Hosts implement these in `main/host`; tests may, too. */

/** Wall time and timers. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /**
   * Calls back once, soon after `at` has come or as much time has passed as lay before it, whichever is first: a clock that is set
   * back holds nothing up. A callback that cares for the time of day looks at `now`. The returned function cancels it.
   */
  setTimer(at: number, callback: () => void): () => void;
  /**
   * Milliseconds since some moment that go on while the computer sleeps, and that setting the clock does not change. Where a host
   * has none, the wall clock is taken to be set never forwards.
   */
  steady?(): number;
}

/** How the computer is, as far as polling minds. */
export interface Conditions {
  /** It is about to sleep, or asleep. */
  readonly suspended: boolean;
  /** False only where no network is connected at all: true says nothing about the internet. */
  readonly online: boolean;
  readonly onBattery: boolean;
  /** Nobody has touched it for some minutes, or its screen is locked. */
  readonly idle: boolean;
}

/** Asked before each poll, so it has to be cheap; a host keeps what is not for a while. */
export interface ConditionsProbe {
  now(): Conditions;
}

/** Chance, so that jitter and ids are reproducible in tests. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A new unguessable identifier (UUID v4). */
  id(): string;
}

/** A secret header bound to the one origin it may be sent to. */
export interface SecretHeader {
  readonly name: string;
  readonly value: string;
  readonly origin: string;
}

export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST";
  readonly url: string;
  /** Never holds a secret: those go into `secretHeaders`, which the transport refuses to send to another origin. */
  readonly headers: Readonly<Record<string, string>>;
  readonly secretHeaders: readonly SecretHeader[];
  /** Of a POST. */
  readonly body?: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Redirects to follow; 3 unless told. */
  readonly maxRedirects?: number;
  readonly signal?: AbortSignal;
}

/** Why no usable answer came. `redirected-elsewhere` carries the host it pointed to, without path or query. */
export type TransportFailure =
  | { readonly kind: "unreachable"; readonly detail: string }
  | { readonly kind: "timed-out" }
  | { readonly kind: "tls-untrusted"; readonly detail: string }
  | { readonly kind: "too-large"; readonly status: number }
  | { readonly kind: "redirected-elsewhere"; readonly status: number; readonly host: string }
  | { readonly kind: "malformed"; readonly detail: string }
  | { readonly kind: "cancelled" };

export type HttpResult =
  | {
      readonly ok: true;
      readonly status: number;
      /** Lower-case names; repeated headers joined with ", ". */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly ms: number;
      readonly bytes: number;
      /** Requests sent beyond the first, to follow redirects; none where absent. */
      readonly redirects?: number;
    }
  | {
      readonly ok: false;
      readonly failure: TransportFailure;
      readonly ms: number;
      readonly bytes: number;
      readonly redirects?: number;
    };

/** One HTTP exchange with deadline, byte cap and same-origin redirects (at most `maxRedirects`). Never rejects. */
export interface HttpTransport {
  send(request: HttpRequest): Promise<HttpResult>;
}

export type SecretLookup =
  | {
      readonly found: true;
      readonly secret: string;
      /** What else the file with the secret says, by name; no secrets. */
      readonly facts?: Readonly<Record<string, string>>;
    }
  | { readonly found: false; readonly reason: MissingKey; readonly detail: string | null };

/** Where saved keys lie, for faces and `doctor`. `session-only`: gone when the host stops. */
export interface VaultStatus {
  readonly kind: "not-checked" | "os-keyring" | "session-only" | "unprotected-file";
  /** Name of the backend for people ("Secret Service", "Keychain", …). */
  readonly backend: string;
  /** Why it is not the keyring, as a plain clause; null when it is. */
  readonly problem: string | null;
}

/** Stores keys by source id, each bound to an origin. Implementations never log or return a key except from `get`. */
export interface SecretVault {
  status(): Promise<VaultStatus>;
  get(sourceId: string, origin: string): Promise<SecretLookup>;
  set(sourceId: string, origin: string, secret: string): Promise<void>;
  delete(sourceId: string): Promise<void>;
}

/** A text in a JSON file: what a tool keeps there for itself. */
export interface FileReference {
  /** "~/…", "$VARIABLE/…", "%VARIABLE%\\…" or absolute. */
  readonly path: string;
  /** JSON pointer (RFC 6901) to the secret. */
  readonly pointer: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly expires: { readonly pointer: string; readonly unit: "seconds" | "milliseconds" | "iso" } | null;
}

/** One place of a file at which a pattern found something. */
export interface FoundInFile {
  /** Names the place itself: a "*" in it is the name of a member. */
  readonly pointer: string;
  readonly lookup: SecretLookup;
  /** Set where there is more in the file than was looked at. */
  readonly isCut?: boolean;
}

/** Resolves references to secrets that live elsewhere, anew at each call: environment variables and files of other tools. */
export interface CredentialReferences {
  env(reference: Extract<Credential, { type: "env" }>): SecretLookup;
  /** What a variable holds that is no secret, such as an address; null where it is not set or empty. */
  variable(name: string): string | null;
  /** Reads and never writes. `now` (epoch milliseconds) is what an expiry in the file is held against. Never rejects. */
  file(reference: FileReference, now: number): Promise<SecretLookup>;
  /**
   * As `file`, where each segment "*" of `pointer` stands for every member, as do those of `facts` and `expires` for the same
   * one. An entry for each place that there is; the reason alone, under the pattern, where there is none. Never rejects.
   */
  filePlaces(reference: FileReference, now: number): Promise<readonly FoundInFile[]>;
  /**
   * The file that a path of a reference means, through links, so that two ways to one file are known for one; null where
   * the path means none here (its variable is not set, it is not absolute). Never rejects.
   */
  locate(path: string): Promise<string | null>;
}

/** One-way marks by which equal secrets and ids are known for equal. Keyed by chance at each start of a host; never stored. */
export interface Fingerprints {
  /** 16 hexadecimal digits. */
  of(text: string): string;
}

/** What the settings file held, before the engine judges it. */
export type SettingsFileRead =
  | { readonly kind: "absent" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "unreadable"; readonly detail: string };

/** The settings file: read whole, written whole and atomically. */
export interface SettingsStore {
  /** Where it lies, for people. */
  readonly path: string;
  read(): SettingsFileRead;
  /** Why nothing could be saved here ("no permission to write …"), as far as can be told without trying; else null. */
  writeProblem(): string | null;
  write(value: Readonly<Record<string, unknown>>): Promise<void>;
  /** Runs `work` (read, change, write) while no other process does; rejects as `work` does, or when the lock cannot be had. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Renames a file that cannot be used; returns the new path. */
  keepAside(): Promise<string>;
}

/** Which alerts have fired and what is snoozed, kept across restarts. A missing or broken file reads as empty (a broken one is kept aside). */
export interface AlertLedgerStore {
  read(): Promise<AlertLedger>;
  /** Durable when it resolves. */
  write(ledger: AlertLedger): Promise<void>;
}

/** What was spent, for budgets, kept across restarts. A missing or broken file reads as empty (a broken one is kept aside). */
export interface SpendStore {
  read(): Promise<SpendBook>;
  /** Durable when it resolves; of several at once the latest. */
  write(book: SpendBook): Promise<void>;
}

/** What services asked to wait for, kept across restarts. A missing or broken file reads as empty. */
export interface WaitStore {
  read(): Promise<readonly KeptWait[]>;
  /** Durable when it resolves; of several at once the latest. */
  write(waits: readonly KeptWait[]): Promise<void>;
}

/** What history is asked for: series of these sources (null: all) from one time to another, epoch milliseconds. */
export interface HistoryRequest {
  readonly sourceIds: readonly string[] | null;
  readonly from: number;
  readonly to: number;
  readonly resolution: Resolution;
}

/**
 * What meters said over time, and the alert log. No call rejects because history is off or the disk refuses: then there is
 * nothing to read, and `status` says why. Nothing is opened before the first call.
 */
export interface HistoryStore {
  status(): Promise<HistoryStatus>;
  /**
   * Keeps what a meter said if it differs from what is known (app/history/span.ts). Buffered: on the disk within a second, all
   * that came in it in one transaction.
   */
  record(series: SeriesDescription, sample: MeterSample): void;
  /** Series that have figures in the time asked for, by source and meter, each with its points and marks, oldest first. */
  query(request: HistoryRequest): Promise<readonly HistorySeries[]>;
  /** The samples of a meter, in the unit it has now, since a time; oldest first. For forecasts after a start. */
  recent(sourceId: string, meterId: string, since: number): Promise<readonly MeterSample[]>;
  logAlert(entry: AlertLogEntry): void;
  /** Newest first; `before` (epoch milliseconds, not included) is where the page before ended, null for the first. */
  alertLog(page: { readonly limit: number; readonly before: number | null }): Promise<readonly AlertLogEntry[]>;
  /** Deletes the figures of all other sources. Not to be called while the settings could not be read whole. */
  keepOnly(sourceIds: ReadonlySet<string>): Promise<void>;
  /** Writes what is buffered, and closes. */
  close(): Promise<void>;
}

/** Shows alerts where the host itself is. The UI's banner shows them in any case. */
export interface AlertSink {
  /**
   * Shows what is told at once as one, in the place of what was shown under the same id. Tells what came of it; null where this host
   * shows nothing by itself. Never rejects.
   */
  show(delivery: AlertDelivery): Promise<SinkOutcome | null>;
}

/** Runs a program of the user's, without a shell. */
export interface CommandRunner {
  /**
   * `env` is added to a minimal environment that holds no secret of ours. Past `timeoutMs`, and when `signal` fires, the program ends
   * with all that it started. Never rejects. `detail` is a plain clause that quotes neither arguments nor output.
   */
  run(options: {
    readonly argv: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  }): Promise<{ readonly ok: boolean; readonly detail: string }>;
}

export type LogLevel = "debug" | "info" | "warn" | "error";
/** Structured log. Values are redacted by the host before anything is written. */
export interface Logger {
  log(level: LogLevel, event: string, fields?: Readonly<Record<string, string | number | boolean | null>>): void;
}

/** A configured source that the demo offers; its key is in memory only. */
export interface DemoSource {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly baseUrl: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly key: string;
}

/** The embedded demo gateways: started when the engine shows them, stopped when they leave. */
export interface DemoGateways {
  start(): Promise<readonly DemoSource[]>;
  stop(): Promise<void>;
}

/** Gives figures to collectors while the user asked for it: a text endpoint on loopback, OTLP pushes. */
export interface MetricsExporter {
  /** Makes what runs follow the settings. `state` is asked at each scrape and push. Never rejects: problems stand in the status. */
  apply(settings: MetricsSettings, state: () => AppState): Promise<void>;
  status(): MetricsStatus;
  /** Hears when the status has changed. */
  onChange(listener: () => void): void;
  /** Sends what is due once more, and ends. */
  stop(): Promise<void>;
}

export interface Ports {
  readonly clock: Clock;
  /** Where a host cannot tell, all is well. */
  readonly conditions?: ConditionsProbe;
  readonly random: Random;
  readonly http: HttpTransport;
  readonly vault: SecretVault;
  readonly references: CredentialReferences;
  readonly fingerprints: Fingerprints;
  readonly settings: SettingsStore;
  readonly ledger: AlertLedgerStore;
  readonly spend: SpendStore;
  /** Without it, a service is asked anew after each start. */
  readonly waits?: WaitStore;
  readonly alerts: AlertSink;
  readonly commands: CommandRunner;
  readonly history: HistoryStore;
  readonly metrics: MetricsExporter;
  readonly logger: Logger;
  readonly demo: DemoGateways;
}
