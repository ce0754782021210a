import { type Sample, seedSamples } from "../forecast/samples.ts";
import type { HistoryStore } from "../ports.ts";
import type { Reading } from "../quota/reading.ts";
import { sampleOf, seriesOf } from "./sample.ts";

/** How far back the figures of earlier runs are taken for forecasts. */
const SEED_MS = 9 * 24 * 3_600_000;

/** A source whose figures are kept, as it is now. */
export interface RecordedSource {
  readonly id: string;
  readonly label: string;
  readonly intervalMs: number;
}

/** Hands what is read to the history. */
export interface HistoryRecorder {
  record(source: RecordedSource, reading: Reading, at: number): void;
  /** What earlier runs have seen of the meters of a source, oldest first, by meter id. Empty where nothing is kept. */
  earlier(sourceId: string, reading: Reading, at: number): Promise<ReadonlyMap<string, readonly Sample[]>>;
}

export function createHistoryRecorder(store: HistoryStore): HistoryRecorder {
  return {
    record(source, reading, at) {
      for (const meter of reading.meters) store.record(seriesOf(source, meter), sampleOf(source.id, meter, at));
    },
    async earlier(sourceId, reading, at) {
      const seeds = new Map<string, readonly Sample[]>();
      for (const { id, remaining } of reading.meters) {
        if (typeof remaining !== "number") continue;
        const samples = seedSamples(await store.recent(sourceId, id, at - SEED_MS));
        if (samples.length > 0) seeds.set(id, samples);
      }
      return seeds;
    },
  };
}
