import * as z from "zod";
import { alertSchema } from "./alert.ts";

/** Why an alert was not told, or not yet. Wording in `heldBack.<reason>`. */
export const heldBackReasonSchema = z.enum([
  "alerts-off",
  "source-muted",
  "meter-muted",
  /** Told when the snooze ends, if it is still true. */
  "snoozed",
  /** Told when they end, if it is still true. */
  "quiet-hours",
  /** Another source reads the same quantity and told of it. */
  "told-by-another-source",
  /** Was held back, and is true no more. */
  "recovered",
]);
export type HeldBackReason = z.infer<typeof heldBackReasonSchema>;

/** What came of showing an alert in one place. */
export const sinkOutcomeSchema = z.object({
  /** The place: "native", "browser", "terminal", or the id of a configured sink. */
  sink: z.string(),
  ok: z.boolean(),
  /** A plain clause, without secrets: "HTTP 410", "took longer than 10 s"; null where there is nothing to add. */
  detail: z.string().nullable(),
});
export type SinkOutcome = z.infer<typeof sinkOutcomeSchema>;

/** One line of the alert log: what was told, or held back and why. */
export const alertLogEntrySchema = z.object({
  id: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  alert: alertSchema,
  outcome: z.discriminatedUnion("type", [
    z.object({ type: z.literal("told"), sinks: z.array(sinkOutcomeSchema) }),
    z.object({ type: z.literal("held-back"), reason: heldBackReasonSchema }),
  ]),
});
export type AlertLogEntry = z.infer<typeof alertLogEntrySchema>;
