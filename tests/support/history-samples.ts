import type { MeterSample, SeriesDescription } from "../../app/history/sample.ts";

/** A series to record, in tokens unless told. */
export function seriesFor(sourceId: string, change: Partial<SeriesDescription> = {}): SeriesDescription {
  return {
    sourceId,
    sourceLabel: `Gateway ${sourceId}`,
    meterId: "tokens",
    label: { text: "Tokens" },
    unit: { kind: "tokens" },
    windowKind: "rolling",
    intervalMs: 300_000,
    ...change,
  };
}

/** What such a series said at a time: `remaining` of 1,000, with no reset unless told. */
export function sampleFor(
  series: SeriesDescription,
  at: number,
  remaining: number | null,
  resetsAt: number | null = null,
): MeterSample {
  const { sourceId, meterId } = series;
  return { sourceId, meterId, at, remaining, used: null, limit: 1000, resetsAt };
}
