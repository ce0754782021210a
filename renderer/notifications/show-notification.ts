/** What a notification says, and what it is known by. */
export interface NotificationContent {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly language: string;
}

/** Other tabs get the same alert within moments; for so long this one keeps them from showing it, too. */
const CLAIM_MS = 10_000;

/** Kept until they are gone: one that is collected would lose its click. */
const open = new Set<Notification>();

/** Shows a notification. False where this browser lets pages make none (Android), which has to be tried to be known. */
export function showNotification({ id, title, body, language }: NotificationContent, onClick: () => void): boolean {
  let notification: Notification;
  try {
    // One of the same tag takes the place of the one before, without ringing again.
    notification = new Notification(title, { body, tag: id, lang: language });
  } catch {
    return false;
  }
  open.add(notification);
  notification.addEventListener("close", () => open.delete(notification));
  notification.addEventListener("click", () => {
    notification.close();
    open.delete(notification);
    window.focus();
    onClick();
  });
  return true;
}

/** Runs `show` in one of the tabs that call this for the same id at about the same time. */
export async function inOneTab(id: string, show: () => void, claimMs = CLAIM_MS): Promise<void> {
  // Absent outside of secure contexts; the tag then does what it can.
  if (!("locks" in navigator)) return show();
  await navigator.locks.request(`plimsoll alert ${id}`, { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    show();
    await new Promise((resolve) => setTimeout(resolve, claimMs));
  });
}
