import * as z from "zod";
import { seriesDescriptionSchema } from "./sample.ts";

/** How far back a view looks: 24 hours, 7, 30 or 90 days. */
export const historyRangeSchema = z.enum(["day", "week", "month", "quarter"]);
export type HistoryRange = z.infer<typeof historyRangeSchema>;

/** `raw`: as it was read; else one point for each such span that has figures, aligned to UTC. */
export const resolutionSchema = z.enum(["raw", "hour", "four-hours", "day"]);
export type Resolution = z.infer<typeof resolutionSchema>;

/** What a view asks for: these sources (null: all), so far back. */
export const historyQuerySchema = z.object({
  sourceIds: z.array(z.string().min(1).max(80)).max(10_000).nullable(),
  range: historyRangeSchema,
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

/**
 * Figures at `at`, in the series' unit; null: not told. The minima and maxima hold from `from` to `at` (the same moment for a
 * raw point). Percentages are of the limit that stood at the time, null where none is known.
 */
export const historyPointSchema = z.object({
  from: z.number(),
  at: z.number(),
  remaining: z.number().nullable(),
  remainingMin: z.number().nullable(),
  remainingMax: z.number().nullable(),
  used: z.number().nullable(),
  limit: z.number().nullable(),
  percentLeft: z.number().nullable(),
  percentMin: z.number().nullable(),
  percentMax: z.number().nullable(),
  /** Nobody looked for long before it: no line leads here from the point before. */
  gapBefore: z.boolean(),
});
export type HistoryPoint = z.infer<typeof historyPointSchema>;

/** `reset`: a new instance of the window began. `top-up`: more was granted or paid in. */
export const historyMarkSchema = z.object({
  at: z.number(),
  type: z.enum(["reset", "top-up"]),
  /** How much more was left afterwards, in the series' unit; null where that is not known. */
  gained: z.number().nullable(),
});
export type HistoryMark = z.infer<typeof historyMarkSchema>;

/** One meter over a time, oldest first. */
export const historySeriesSchema = z.object({
  ...seriesDescriptionSchema.shape,
  points: z.array(historyPointSchema),
  marks: z.array(historyMarkSchema),
});
export type HistorySeries = z.infer<typeof historySeriesSchema>;

/** What a view is given. Times are epoch milliseconds. */
export const historyViewSchema = z.object({
  from: z.number(),
  to: z.number(),
  resolution: resolutionSchema,
  series: z.array(historySeriesSchema),
});
export type HistoryView = z.infer<typeof historyViewSchema>;

/** A view as a file. */
export const historyExportSchema = z.object({ ...historyQuerySchema.shape, format: z.enum(["csv", "json"]) });
export type HistoryExport = z.infer<typeof historyExportSchema>;

/** The exported file: its proposed name, media type and whole text. */
export const historyFileSchema = z.object({ name: z.string(), mediaType: z.string(), text: z.string() });
export type HistoryFile = z.infer<typeof historyFileSchema>;
