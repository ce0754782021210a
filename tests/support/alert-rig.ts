import type { AlertDelivery } from "../../app/alerts/alert.ts";
import { createAlertDesk } from "../../app/alerts/alert-desk.ts";
import type { AlertLogEntry, SinkOutcome } from "../../app/alerts/alert-log.ts";
import type {
  AlertDesk,
  AlertPreferences,
  JudgedFailure,
  JudgedReading,
  SourceAlertSettings,
} from "../../app/alerts/desk.ts";
import { type AlertLedger, EMPTY_LEDGER, ledgerFile, parseLedgerFile } from "../../app/alerts/ledger.ts";
import type { Meter } from "../../app/quota/meter.ts";
import { DEFAULT_ALERT_RULES, DEFAULT_QUIET_HOURS } from "../../app/settings/alert-settings.ts";
import { createVirtualClock, type VirtualClock } from "../engine/virtual-clock.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** A Friday, 12:00 in UTC. */
export const START = Date.parse("2026-11-20T12:00:00Z");
export const RESET = START + 48 * HOUR;

/** A desk on a clock that stands still until told, a ledger that is serialized as on a disk, and what came of it. */
export interface AlertRig {
  readonly clock: VirtualClock;
  desk: AlertDesk;
  preferences: AlertPreferences;
  readonly sources: Map<string, SourceAlertSettings>;
  readonly deliveries: AlertDelivery[];
  readonly log: AlertLogEntry[];
  readonly events: string[];
  /** The ledger as the disk has it. */
  disk: AlertLedger;
  /** Set to make the disk refuse. */
  failWrites: boolean;
  deliver: (delivery: AlertDelivery) => Promise<readonly SinkOutcome[]>;
  /** One meter of one source says that so much of 100 is left. */
  read(left: Meter["remaining"], change?: Partial<JudgedReading> & { meter?: Partial<Meter> }): Promise<void>;
  fail(change?: Partial<JudgedFailure>): Promise<void>;
  /** What was told, a delivery each: "s:20", "s:back", several joined by " ". */
  told(): string[];
  /** Of the log: "told s:20", "snoozed s:10". */
  logged(): string[];
  /** As if the process was killed and started again. */
  restart(): Promise<void>;
}

export const meterOf = (left: Meter["remaining"], change: Partial<Meter> = {}): Meter => ({
  id: "tokens",
  label: { key: "meter.tokens" },
  unit: { kind: "tokens" },
  limit: 100,
  used: "unknown",
  remaining: left,
  window: { kind: "period", resetsAt: RESET, resetBasis: "reported" },
  scope: "key",
  confidence: "reported",
  ...change,
});

export const SOURCE: SourceAlertSettings = { muted: false, thresholds: null, alertRules: null, meters: {} };

export async function alertRig(): Promise<AlertRig> {
  const clock = createVirtualClock(START);
  let life = 0;
  const make = (): AlertDesk => {
    const mine = life;
    return createAlertDesk({
      store: {
        read: async () => parseLedgerFile(JSON.parse(JSON.stringify(ledgerFile(rig.disk)))) ?? EMPTY_LEDGER,
        write: async (ledger) => {
          await Promise.resolve();
          if (rig.failWrites) throw new Error("disk full");
          rig.disk = ledger;
          rig.events.push("written");
        },
      },
      // A process that was killed has no timers left.
      clock: { now: clock.now, setTimer: (at, callback) => clock.setTimer(at, () => mine === life && callback()) },
      logger: { log: () => undefined },
      preferences: () => rig.preferences,
      source: (id) => rig.sources.get(id) ?? null,
      deliver: (delivery) => {
        if (mine !== life) throw new Error("a process that was killed tells nobody");
        rig.events.push("told");
        rig.deliveries.push(delivery);
        return rig.deliver(delivery);
      },
      onLog: (entry) => rig.log.push(entry),
      onChanged: () => undefined,
      localZone: () => "Europe/Berlin",
    });
  };
  const rig: AlertRig = {
    clock,
    get desk() {
      return desk;
    },
    preferences: {
      alertsEnabled: true,
      thresholds: [20, 10, 5, 0],
      alertRules: DEFAULT_ALERT_RULES,
      quietHours: DEFAULT_QUIET_HOURS,
    },
    sources: new Map([
      ["s", SOURCE],
      ["other", SOURCE],
    ]),
    deliveries: [],
    log: [],
    events: [],
    disk: EMPTY_LEDGER,
    failWrites: false,
    deliver: async () => [{ sink: "native", ok: true, detail: null }],
    read: (left, { meter = {}, ...change } = {}) =>
      desk.judge({
        sourceId: "s",
        sourceLabel: "Gateway",
        demo: false,
        meters: [meterOf(left, meter)],
        forecasts: {},
        identities: new Map(),
        ...change,
      }),
    fail: (change = {}) =>
      desk.failing({
        sourceId: "s",
        sourceLabel: "Gateway",
        demo: false,
        cause: "key-refused",
        since: clock.now(),
        consecutive: 1,
        ...change,
      }),
    told: () => rig.deliveries.map(({ alerts }) => alerts.map(short).join(" ")),
    logged: () =>
      rig.log.map(({ alert, outcome }) => `${outcome.type === "told" ? "told" : outcome.reason} ${short(alert)}`),
    async restart() {
      life += 1;
      desk = make();
      await desk.load();
    },
  };
  let desk = make();
  await desk.load();
  return rig;
}

function short({ sourceId, what }: AlertDelivery["alerts"][number]): string {
  return `${sourceId}:${what.type === "percent-left" ? what.threshold : what.type}`;
}
