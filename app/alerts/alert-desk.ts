import type { AlertLedgerStore, AlertSink, Logger } from "../ports.ts";
import type { Alert } from "./alert.ts";
import type { AlertLedger, LedgerEntry } from "./ledger.ts";
import { type AlertFacts, decideAlerts, pruneLedger } from "./rules.ts";
import type { ToldOnce } from "./told-once.ts";

/** Most alerts kept for the banner; older ones give way. */
const BANNER_LIMIT = 20;

/** Carries out what the alert rules decide: first the ledger, durably, then the notification. */
export interface AlertDesk {
  load(): Promise<void>;
  /** Judges fresh figures. `silent`: crossings are recorded as told, but nobody is told (muted, or alerts are off). */
  judge(facts: AlertFacts, silent: boolean): Promise<void>;
  /** Shows one alert because the user asked, past every rule. Says whether the platform showed it. */
  sample(alert: Alert): Promise<boolean>;
  /** Alerts not dismissed, newest first. */
  open(): readonly Alert[];
  dismiss(id: string): void;
  /** Holds alerts of a meter, a source or everything back; resolves with the moment until which. */
  snooze(sourceId: string | null, meterId: string | null, until: "hour" | "reset" | "tomorrow"): Promise<number>;
  unsnooze(sourceId: string | null, meterId: string | null): Promise<void>;
  snoozes(): readonly AlertLedger["snoozes"][number][];
  /** When the quiet hours in force end; null when none are. */
  quietUntil(): number | null;
  /** Forgets sources that are gone. */
  keepOnly(sourceIds: ReadonlySet<string>): Promise<void>;
}

export function createAlertDesk(options: {
  readonly store: AlertLedgerStore;
  readonly sink: AlertSink;
  readonly logger: Logger;
  readonly toldOnce: ToldOnce;
  readonly onRaised: (alert: Alert) => void;
  readonly onChanged: () => void;
}): AlertDesk {
  const { store, sink, logger, toldOnce } = options;
  let ledger: readonly LedgerEntry[] = [];
  let snoozes: AlertLedger["snoozes"] = [];
  let open: readonly Alert[] = [];
  let writes: Promise<void> = Promise.resolve();

  const setOpen = (next: readonly Alert[]): void => {
    if (next.length === open.length && next.every((alert, index) => alert === open[index])) return;
    open = next;
    options.onChanged();
  };

  const save = (): Promise<void> => {
    writes = writes.then(async () => {
      try {
        await store.write({ entries: [...ledger], snoozes });
      } catch {
        // Kept in memory: nothing repeats while this host runs, and the next change tries again.
        logger.log("error", "alert-ledger-not-saved");
      }
    });
    return writes;
  };

  return {
    async load() {
      const read = await store.read();
      ledger = read.entries;
      snoozes = read.snoozes;
    },
    async judge(facts, silent) {
      const decision = decideAlerts(ledger, facts);
      if (decision.ledger !== ledger) {
        ledger = decision.ledger;
        await save();
        // A meter that recovered or began a new window takes its banner down.
        const fired = new Set(ledger.map((entry) => `${entry.sourceId}|${entry.meterId}`));
        setOpen(open.filter((alert) => fired.has(`${alert.sourceId}|${alert.meterId}`)));
      }
      if (silent) return;
      for (const alert of decision.alerts) {
        if (!toldOnce.claim(alert, facts.identities?.get(alert.meterId ?? "") ?? null)) {
          logger.log("info", "alert-held-back", { source: alert.sourceId, reason: "told-by-another-source" });
          continue;
        }
        logger.log("info", "alert", { source: alert.sourceId, meter: alert.meterId, rule: alert.what.type });
        const others = open.filter((other) => other.sourceId !== alert.sourceId || other.meterId !== alert.meterId);
        setOpen([alert, ...others].slice(0, BANNER_LIMIT));
        options.onRaised(alert);
        const shown = await sink.show(alert);
        if (!shown) logger.log("info", "alert-not-shown-natively", { source: alert.sourceId });
      }
    },
    sample: (alert) => sink.show(alert),
    snooze: () => Promise.reject(new Error("not there yet")),
    unsnooze: () => Promise.reject(new Error("not there yet")),
    snoozes: () => snoozes,
    quietUntil: () => null,
    open: () => open,
    dismiss(id) {
      setOpen(open.filter((alert) => alert.id !== id));
    },
    async keepOnly(sourceIds) {
      setOpen(open.filter((alert) => sourceIds.has(alert.sourceId)));
      const pruned = pruneLedger(ledger, sourceIds);
      if (pruned === ledger) return;
      ledger = pruned;
      await save();
    },
  };
}
