import { Temporal } from "temporal-polyfill";

const QUARTER_HOUR_MS = 15 * 60_000;

/**
 * Writes times as their zone's clock showed them, with its offset: "2026-11-20T13:05:00.000+01:00". The offset is looked up once per
 * quarter of an hour, at which alone zones change it.
 */
export function localTimes(timeZone: string): (at: number) => string {
  const offsets = new Map<number, { readonly text: string; readonly ms: number }>();
  return (at) => {
    const slot = Math.floor(at / QUARTER_HOUR_MS);
    let offset = offsets.get(slot);
    if (offset === undefined) {
      const { offset: text, offsetNanoseconds } =
        Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
      offset = { text, ms: offsetNanoseconds / 1e6 };
      offsets.set(slot, offset);
    }
    return new Date(at + offset.ms).toISOString().replace("Z", offset.text);
  };
}
