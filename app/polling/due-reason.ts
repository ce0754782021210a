import * as z from "zod";

/** Why a source is due when it is: a stable code, shown by the faces and logged. Wording in `due.<id>`. */
export const dueReasonSchema = z.enum([
  "first-poll",
  // By itself, while all is well.
  "interval",
  "near-line",
  "burning-fast",
  "on-battery",
  "idle",
  "after-reset",
  "reset-awaited",
  // Because something happened.
  "asked",
  "opened",
  "resumed",
  "unlocked",
  "online",
  "settings-changed",
  // Later, because of manners or because there is no use.
  "retry-after",
  "retry-after-capped",
  "back-off",
  "cool-down",
  "key-refused",
  "needs-key",
  "suspended",
  "offline",
]);
export type DueReason = z.infer<typeof dueReasonSchema>;

/** Reasons that something that happened gives: what is due for one of them stays so until it was polled. */
export const EVENT_REASONS: ReadonlySet<DueReason> = new Set<DueReason>([
  "first-poll",
  "asked",
  "opened",
  "resumed",
  "unlocked",
  "online",
  "settings-changed",
]);
