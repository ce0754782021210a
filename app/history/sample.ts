import * as z from "zod";
import type { Amount } from "../quota/amount.ts";
import { labelSchema, type Meter, resetsAt, unitSchema } from "../quota/meter.ts";

/** What a meter said at a time, in its own unit (integer micros for money, 0–100 for `percent`). Null: not told, or no limit. */
export const meterSampleSchema = z.object({
  sourceId: z.string(),
  meterId: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  remaining: z.number().nullable(),
  used: z.number().nullable(),
  limit: z.number().nullable(),
  /** Epoch milliseconds; null where the meter has no reset, or does not say. */
  resetsAt: z.number().nullable(),
});
export type MeterSample = z.infer<typeof meterSampleSchema>;

/** Like the kinds of a window, but for limits that refill all the time: in those every rise is ordinary. */
export const windowKindSchema = z.enum(["rolling", "calendar", "period", "balance", "lifetime", "refill"]);
export type WindowKind = z.infer<typeof windowKindSchema>;

/**
 * What the samples of one meter are about. A meter whose unit changes becomes another series: figures of two units never meet
 * in one.
 */
export const seriesDescriptionSchema = z.object({
  sourceId: z.string(),
  /** As it was called last. */
  sourceLabel: z.string(),
  meterId: z.string(),
  label: labelSchema,
  unit: unitSchema,
  windowKind: windowKindSchema,
  /** How often its source is usually polled: a much longer silence is a gap. */
  intervalMs: z.number(),
});
export type SeriesDescription = z.infer<typeof seriesDescriptionSchema>;

/** The sample that a meter gives at a time. */
export function sampleOf(sourceId: string, meter: Meter, at: number): MeterSample {
  return {
    sourceId,
    meterId: meter.id,
    at,
    remaining: numberOrNull(meter.remaining),
    used: numberOrNull(meter.used),
    limit: numberOrNull(meter.limit),
    resetsAt: resetsAt(meter),
  };
}

/** The series that a meter of a source belongs to. */
export function seriesOf(
  source: { readonly id: string; readonly label: string; readonly intervalMs: number },
  meter: Pick<Meter, "id" | "label" | "unit" | "window">,
): SeriesDescription {
  return {
    sourceId: source.id,
    sourceLabel: source.label,
    meterId: meter.id,
    label: meter.label,
    unit: meter.unit,
    windowKind: windowKind(meter),
    intervalMs: source.intervalMs,
  };
}

function windowKind({ window }: Pick<Meter, "window">): WindowKind {
  if (window.kind === "balance" || window.kind === "lifetime") return window.kind;
  return window.resetBasis === "refill" ? "refill" : window.kind;
}

function numberOrNull(amount: Amount): number | null {
  return typeof amount === "number" && Number.isFinite(amount) ? amount : null;
}
