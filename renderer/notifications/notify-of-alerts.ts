import type { AlertDelivery } from "../../app/alerts/alert.ts";
import { BODY_BYTES } from "../../app/wording/alert-words.ts";
import { deliveryWords } from "../../app/wording/delivery-words.ts";
import type { AppStore } from "../store/app-store.ts";
import type { Words } from "../words.tsx";
import { inOneTab, showNotification } from "./show-notification.ts";

/** What the host sends for its own place when its user asks for a sample; the browser's place has a test of its own. */
const HOST_SAMPLE = "sample";

/**
 * Shows what is told as one notification of the browser, if its user wants that and lets the page. The page's banner shows it in any
 * case. A click brings this tab forward, at the source that the alert is about.
 */
export function notifyOfAlert(delivery: AlertDelivery, store: AppStore, words: Words, language: string): void {
  const wanted = store.getState().app?.preferences.browserNotifications === true;
  if (!wanted || delivery.id === HOST_SAMPLE || !isAllowed()) return;
  const [first] = delivery.alerts;
  if (first === undefined) return;
  const content = {
    id: delivery.id,
    ...deliveryWords(delivery, first.firedAt, words.f, words.t, BODY_BYTES),
    language,
  };
  void inOneTab(delivery.id, () => showNotification(content, () => store.showSource(first.sourceId)));
}

/** It is only ever asked for by a click in the settings. */
function isAllowed(): boolean {
  return "Notification" in window && Notification.permission === "granted";
}
