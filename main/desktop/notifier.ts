import { Notification } from "electron";
import type { Alert } from "../../app/alerts/alert.ts";
import type { AlertSink, Clock, Logger } from "../../app/ports.ts";
import { cutBody, platformId } from "./notification-text.ts";

export interface NotifierOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly words: (alert: Alert) => { readonly title: string; readonly body: string };
  readonly onClick: (sourceId: string) => void;
}

/** Without a word from the platform by then it was not shown: on Linux there is no `failed`, and there may be no daemon. */
const ANSWER_MS = 3_000;

/** Shows alerts as the platform's notifications. */
export function createNotifier({ clock, logger, words, onClick }: NotifierOptions): AlertSink {
  // Referenced until they are gone: a collected Notification loses its events.
  const open = new Set<Notification>();
  return {
    show(alert) {
      if (!Notification.isSupported()) return Promise.resolve(false);
      const { title, body } = words(alert);
      const notification = new Notification({ id: platformId(alert.id), title, body: cutBody(body) });
      open.add(notification);
      return new Promise<boolean>((resolve) => {
        const cancel = clock.setTimer(clock.now() + ANSWER_MS, () => resolve(false));
        const settle = (shown: boolean): void => {
          cancel();
          resolve(shown);
        };
        notification.once("show", () => settle(true));
        // Unsigned builds on macOS end here.
        notification.once("failed", (_event, error) => {
          logger.log("warn", "notification-failed", { error });
          open.delete(notification);
          settle(false);
        });
        notification.once("close", () => open.delete(notification));
        notification.on("click", () => {
          open.delete(notification);
          onClick(alert.sourceId);
        });
        notification.show();
      });
    },
  };
}
