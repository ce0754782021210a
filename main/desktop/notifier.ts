import { Notification, type NotificationConstructorOptions } from "electron";
import type { AlertDelivery } from "../../app/alerts/alert.ts";
import type { SinkOutcome } from "../../app/alerts/alert-log.ts";
import type { SnoozeLength, SnoozeTarget } from "../../app/alerts/desk.ts";
import { snoozeChoices } from "../../app/alerts/snooze-choices.ts";
import type { AlertSink, Clock, Logger } from "../../app/ports.ts";
import { cutBody, platformId } from "./notification-text.ts";

export interface NotifierOptions {
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly words: (delivery: AlertDelivery) => { readonly title: string; readonly body: string };
  readonly snoozeWords: (length: SnoozeLength) => string;
  /** A notification was clicked: the source that it tells of first. */
  readonly onClick: (sourceId: string) => void;
  /** One of a notification's buttons was pressed. */
  readonly onSnooze: (targets: readonly SnoozeTarget[], length: SnoozeLength) => void;
}

/** Without a word from the platform by then it was not shown: on Linux there is no `failed`, and there may be no daemon. */
const ANSWER_MS = 3_000;

/** Shows alerts as the platform's notifications, with buttons to snooze where the platform has buttons. */
export function createNotifier(options: NotifierOptions): AlertSink {
  const { platform, clock, logger } = options;
  // Referenced until they are gone: a collected Notification loses its events.
  const open = new Map<string, Notification>();

  const make = (id: string, delivery: AlertDelivery): Notification => {
    const { title, body } = options.words(delivery);
    const { targets, lengths } = snoozeChoices(delivery, clock.now());
    const hasButtons = platform !== "linux" && lengths.length > 0;
    const notification = new Notification({
      id,
      title,
      body: cutBody(body),
      ...(hasButtons && { actions: buttons(lengths.map(options.snoozeWords)) }),
    });
    notification.on("action", ({ actionIndex }) => {
      forget(id, notification);
      const length = lengths[actionIndex];
      if (length !== undefined) options.onSnooze(targets, length);
    });
    notification.on("click", () => {
      forget(id, notification);
      const [first] = delivery.alerts;
      if (first !== undefined) options.onClick(first.sourceId);
    });
    notification.once("close", () => forget(id, notification));
    return notification;
  };

  /** Another one may have taken its place meanwhile. */
  const forget = (id: string, notification: Notification): void => {
    if (open.get(id) === notification) open.delete(id);
  };

  return {
    show(delivery) {
      const outcome = (ok: boolean, detail: string | null = null): SinkOutcome => ({ sink: "native", ok, detail });
      if (!Notification.isSupported()) return Promise.resolve(outcome(false, "this system shows no notifications"));
      const id = platformId(delivery.id);
      // Elsewhere the platform does this by the id, and a close could hit the new one.
      if (platform === "linux") open.get(id)?.close();
      const notification = make(id, delivery);
      open.set(id, notification);
      return new Promise<SinkOutcome>((resolve) => {
        const cancel = clock.setTimer(clock.now() + ANSWER_MS, () =>
          resolve(outcome(false, "the system did not say that it was shown")),
        );
        const settle = (settled: SinkOutcome): void => {
          cancel();
          resolve(settled);
        };
        notification.once("show", () => settle(outcome(true)));
        // Unsigned builds on macOS end here.
        notification.once("failed", (_event, error) => {
          logger.log("warn", "notification-failed", { error });
          forget(id, notification);
          settle(outcome(false, "the system refused to show it"));
        });
        notification.show();
      });
    },
  };
}

function buttons(texts: readonly string[]): NonNullable<NotificationConstructorOptions["actions"]> {
  return texts.map((text) => ({ type: "button", text }));
}
