import * as z from "zod";
import { failureCauseSchema } from "../quota/failure.ts";
import { labelSchema, unitSchema } from "../quota/meter.ts";

/** Why a source fails for long: a failure of its polls, or no key to poll with. */
export const failingCauseSchema = z.enum([...failureCauseSchema.options, "needs-key"]);
export type FailingCause = z.infer<typeof failingCauseSchema>;

/**
 * What an alert says. Amounts are in the meter's unit (micros for money), times epoch milliseconds.
 * Everything but `failing` is about one meter.
 */
export const alertSubjectSchema = z.discriminatedUnion("type", [
  /** The share left fell to the line `threshold`. `remaining` is null where only the share is known. */
  z.object({
    type: z.literal("percent-left"),
    threshold: z.number(),
    percentRemaining: z.number(),
    remaining: z.number().nullable(),
    unit: unitSchema,
  }),
  /** Less than `below` is left. */
  z.object({ type: z.literal("amount-left"), below: z.number(), remaining: z.number(), unit: unitSchema }),
  /** At the present rate a balance lasts less than `days`. */
  z.object({ type: z.literal("runway"), days: z.number(), runsOutAt: z.number() }),
  /** At the present rate nothing will be left some time before the window resets. */
  z.object({ type: z.literal("before-reset"), runsOutAt: z.number(), resetsAt: z.number() }),
  /** The source has given no figures since. */
  z.object({ type: z.literal("failing"), cause: failingCauseSchema, since: z.number() }),
  /** A quota that was warned of has reset or was topped up. */
  z.object({
    type: z.literal("back"),
    percentRemaining: z.number().nullable(),
    remaining: z.number().nullable(),
    unit: unitSchema,
  }),
]);
export type AlertSubject = z.infer<typeof alertSubjectSchema>;

/** An alert that fired. Faces word it with app/wording/alert-words.ts. Holds no secret. */
export const alertSchema = z.object({
  /** Stable per source · meter · rule · level and crossing, so that a platform replaces rather than repeats. */
  id: z.string(),
  sourceId: z.string(),
  sourceLabel: z.string(),
  /** Null where it is about the source as a whole. */
  meterId: z.string().nullable(),
  meterLabel: labelSchema.nullable(),
  /** Epoch milliseconds, null where the window has no known reset. */
  resetsAt: z.number().nullable(),
  /** When what it says was found; for one that was held back, when it was found still true. */
  firedAt: z.number(),
  demo: z.boolean(),
  what: alertSubjectSchema,
});
export type Alert = z.infer<typeof alertSchema>;

/** What is told at once: one alert, or several that came within a moment. Never empty; the worst comes first. */
export const alertDeliverySchema = z.object({ id: z.string(), alerts: z.array(alertSchema).min(1) });
export type AlertDelivery = z.infer<typeof alertDeliverySchema>;

/** Whether an alert says that nothing is left. */
export function isUsedUp({ what }: Pick<Alert, "what">): boolean {
  switch (what.type) {
    case "percent-left":
      return what.percentRemaining <= 0;
    case "amount-left":
      return what.remaining <= 0;
    case "failing":
      return what.cause === "quota-used-up";
    case "runway":
    case "before-reset":
    case "back":
      return false;
  }
}
