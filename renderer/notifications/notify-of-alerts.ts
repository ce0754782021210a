import type { AlertDelivery } from "../../app/alerts/alert.ts";
import { BODY_BYTES } from "../../app/wording/alert-words.ts";
import { deliveryWords } from "../../app/wording/delivery-words.ts";
import type { AppStore } from "../store/app-store.ts";
import type { Words } from "../words.tsx";
import { inOneTab, showNotification } from "./show-notification.ts";

/**
 * Shows what is told as one notification of the browser, once over all tabs. The page's banner shows it in any case. A click brings this tab forward, at the source that the alert is about.
 */
export function notifyOfAlert(delivery: AlertDelivery, store: AppStore, words: Words, language: string): void {
  const [first] = delivery.alerts;
  if (first === undefined) return;
  const content = {
    id: delivery.id,
    ...deliveryWords(delivery, first.firedAt, words.f, words.t, BODY_BYTES),
    language,
  };
  void inOneTab(delivery.id, () => showNotification(content, () => store.showSource(first.sourceId)));
}
