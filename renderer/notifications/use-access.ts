import { useSyncExternalStore } from "react";
import { type NotificationAccess, watchAccess } from "./access.ts";

const access = watchAccess({
  ...("Notification" in window && { Notification: window.Notification }),
  ...("permissions" in navigator && { permissions: navigator.permissions }),
});

/** Whether this page may show notifications, and how to have the browser ask its user. */
export function useNotificationAccess(): readonly [NotificationAccess, () => Promise<void>] {
  return [useSyncExternalStore(access.subscribe, access.current), access.ask];
}
