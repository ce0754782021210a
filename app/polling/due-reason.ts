import * as z from "zod";

/** Why a source is due when it is: a stable code, shown by the faces and logged. Wording in `due.<id>`. */
export const dueReasonSchema = z.enum([
  "first-poll",
  "interval",
  "near-line",
  "after-reset",
  "asked",
  "retry-after",
  "back-off",
  "key-refused",
  "needs-key",
  "settings-changed",
  "resumed",
]);
export type DueReason = z.infer<typeof dueReasonSchema>;
