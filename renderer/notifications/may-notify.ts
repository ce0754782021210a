import type { AlertDelivery } from "../../app/alerts/alert.ts";
import type { AppStore } from "../store/app-store.ts";

/** What the host sends for its own place when its user asks for a sample; the browser's place has a test of its own. */
const HOST_SAMPLE = "sample";

/** Whether this page's user wants what is told as the browser's own notification, and lets the page, as it stands at this moment. */
export function mayNotify({ id }: AlertDelivery, store: AppStore): boolean {
  const wanted = store.getState().app?.preferences.browserNotifications === true;
  // It is only ever asked for by a click in the settings.
  return wanted && id !== HOST_SAMPLE && "Notification" in window && Notification.permission === "granted";
}
