import type { Clock, Logger } from "../ports.ts";
import type { Alert, AlertDelivery } from "./alert.ts";
import type { AlertLogEntry, HeldBackReason, SinkOutcome } from "./alert-log.ts";
import { worstFirst } from "./severity.ts";

/** How long the end waits for deliveries under way. */
const STOP_WAIT_MS = 3_000;

const SAME_MOMENT_MS = 1_000;

/** Hands alerts over and writes the log of what came of them. */
export interface Deliveries {
  /** Tells several as one. Never empty. Returns at once; the log follows when every place has answered. */
  tell(alerts: readonly Alert[]): void;
  holdBack(alert: Alert, reason: HeldBackReason): void;
  /** Waits a moment for what is under way; what has no answer by then is logged as told, without one. */
  stop(): Promise<void>;
}

export function createDeliveries(options: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly deliver: (delivery: AlertDelivery) => Promise<readonly SinkOutcome[]>;
  readonly onLog: (entry: AlertLogEntry) => void;
}): Deliveries {
  const { clock, logger } = options;
  const underWay = new Map<Promise<void>, (sinks: readonly SinkOutcome[]) => void>();

  let lastAt = 0;
  /** A page of the log ends at a time, so that no two entries should share one. */
  const nextAt = (): number => {
    const now = clock.now();
    const isSameMoment = now <= lastAt && lastAt - now < SAME_MOMENT_MS;
    lastAt = isSameMoment ? lastAt + 1 : now;
    return lastAt;
  };

  const log = (alert: Alert, outcome: AlertLogEntry["outcome"]): void => {
    const at = nextAt();
    const word = outcome.type === "told" ? "told" : outcome.reason;
    options.onLog({ id: [alert.id, word, at].join("|"), at, alert, outcome });
  };

  return {
    tell(several) {
      const alerts = several.toSorted(worstFirst);
      const [first] = alerts;
      if (first === undefined) return;
      const id = alerts.length === 1 ? first.id : [first.id, alerts.length].join("|");
      for (const alert of alerts) {
        logger.log("info", "alert", { source: alert.sourceId, meter: alert.meterId, rule: alert.what.type });
      }
      let open = true;
      const record = (sinks: readonly SinkOutcome[]): void => {
        if (!open) return;
        open = false;
        for (const alert of alerts) log(alert, { type: "told", sinks: [...sinks] });
      };
      const flight = options
        .deliver({ id, alerts })
        .then(record, () => {
          logger.log("error", "alert-not-delivered", { source: first.sourceId });
          record([]);
        })
        .finally(() => underWay.delete(flight));
      underWay.set(flight, record);
    },
    holdBack(alert, reason) {
      logger.log("info", "alert-held-back", { source: alert.sourceId, rule: alert.what.type, reason });
      log(alert, { type: "held-back", reason });
    },
    async stop() {
      if (underWay.size === 0) return;
      let cancel = (): void => undefined;
      const enough = new Promise<void>((resolve) => {
        cancel = clock.setTimer(clock.now() + STOP_WAIT_MS, resolve);
      });
      await Promise.race([enough, Promise.all(underWay.keys())]);
      cancel();
      for (const record of underWay.values()) record([]);
    },
  };
}
