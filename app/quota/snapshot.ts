import * as z from "zod";
import { forecastSchema } from "../forecast/forecast.ts";
import { dueReasonSchema } from "../polling/due-reason.ts";
import { failureSchema, missingKeySchema } from "./failure.ts";
import { readingSchema, traceStepSchema } from "./reading.ts";

/**
 * What a source's figures are worth right now.
 * - loading: added, not polled yet.
 * - fresh: the last poll succeeded and is recent.
 * - stale: there are figures, but the last poll failed; `failure` says why.
 * - awaiting-reset: a window's reset time has passed and no newer figure has come.
 * - failed: no figures, and the last poll failed.
 * - needs-key: there is no key to poll with; older figures may be there.
 * - paused: the user paused it.
 */
export const sourceStatusSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("loading") }),
  z.object({ state: z.literal("fresh") }),
  z.object({ state: z.literal("stale"), failure: failureSchema, since: z.number() }),
  z.object({ state: z.literal("awaiting-reset"), since: z.number() }),
  z.object({ state: z.literal("failed"), failure: failureSchema, since: z.number() }),
  z.object({ state: z.literal("needs-key"), reason: missingKeySchema, detail: z.string().nullable() }),
  z.object({ state: z.literal("paused") }),
]);
export type SourceStatus = z.infer<typeof sourceStatusSchema>;

/** Everything that a face may show of one source. Holds no secret. Times are epoch milliseconds. */
export const sourceStateSchema = z.object({
  id: z.string(),
  kind: z.string(),
  /** The kind's name for people; absent where this version does not know the kind. */
  kindName: z.string().optional(),
  label: z.string(),
  /** Origin and path of the gateway, without user part or query. */
  baseUrl: z.string(),
  demo: z.boolean(),
  muted: z.boolean(),
  status: sourceStatusSchema,
  reading: readingSchema.nullable(),
  /** By meter id, for the meters that have been watched long enough. */
  forecasts: z.record(z.string(), forecastSchema).optional(),
  /** By meter id, the course of the last day (app/history/trend.ts), for those of which enough is known. */
  trends: z.record(z.string(), z.array(z.number())).optional(),
  /** The spare address that the figures came from; absent where it was `baseUrl`. */
  servedBy: z.string().optional(),
  /** When the figures were read; null before the first. */
  fetchedAt: z.number().nullable(),
  /** A poll is under way. */
  polling: z.boolean(),
  nextDueAt: z.number().nullable(),
  dueReason: dueReasonSchema.nullable(),
  /** Requests of the last poll. */
  trace: z.array(traceStepSchema),
  /** Percent left at or below which this source counts as low: the line drawn on its bars. */
  linePercent: z.number(),
});
export type SourceState = z.infer<typeof sourceStateSchema>;
