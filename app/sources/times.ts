import * as z from "zod";

const ISO_INSTANT =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})[Tt ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)?(?:[Zz]|(?<sign>[+-])(?<offsetHour>\d{2}):?(?<offsetMinute>\d{2}))$/;

/**
 * An ISO 8601 instant to epoch milliseconds. Null unless it names its zone ("Z" or an offset) and exists in the
 * calendar: a date without zone could be off by a day, so it counts as not told.
 */
export function parseInstant(text: string): number | null {
  const parts = ISO_INSTANT.exec(text.trim())?.groups;
  if (parts === undefined) return null;
  const part = (name: string) => Number(parts[name] ?? 0);
  const [year, month, day] = [part("year"), part("month"), part("day")];
  const [hour, minute, second] = [part("hour"), part("minute"), part("second")];
  if (hour > 23 || minute > 59 || second > 59 || part("offsetHour") > 23 || part("offsetMinute") > 59) return null;
  const date = new Date(0);
  // Not Date.UTC: it takes years below 100 for 19xx.
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  date.setUTCHours(hour, minute, second, Math.floor(Number(`0.${parts["fraction"] ?? "0"}`) * 1000));
  const offsetMinutes = (part("offsetHour") * 60 + part("offsetMinute")) * (parts["sign"] === "-" ? -1 : 1);
  return date.getTime() - offsetMinutes * 60_000;
}

/**
 * A time sent as ISO 8601 text. Anything else (absent, null, a number, a date without zone) is null: not told.
 * Never fails, because figures without a reset time are still worth showing.
 */
export const isoTime: z.ZodType<number | null> = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === "string" ? parseInstant(value) : null));

/** Years that a service can mean; an epoch number read in the wrong unit falls far outside of them. */
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

function epochTime(toMs: (value: number) => number): z.ZodType<number | null> {
  return z
    .unknown()
    .optional()
    .transform((value) => {
      const number = typeof value === "string" && /^\d{1,20}(\.\d{1,9})?$/.test(value) ? Number(value) : value;
      if (typeof number !== "number" || !Number.isFinite(number)) return null;
      const at = Math.floor(toMs(number));
      return at >= EARLIEST && at < LATEST ? at : null;
    });
}

/** Epoch seconds to epoch milliseconds; 0, null, absent, or a number of another unit is null: not told. Never fails. */
export const epochSeconds = epochTime((value) => value * 1000);

/** Epoch milliseconds; 0, null, absent, or a number of another unit is null: not told. Never fails. */
export const epochMillis = epochTime((value) => value);

/** Epoch microseconds to epoch milliseconds, by the same rules. */
export const epochMicros = epochTime((value) => value / 1000);

/**
 * A time whose form the service does not fix: ISO 8601 with a zone, or an epoch number whose size tells its unit
 * (seconds, milliseconds, microseconds). Only for services where that is documented to vary.
 */
export const anyTime: z.ZodType<number | null> = z
  .unknown()
  .optional()
  .transform((value) => {
    if (typeof value === "string" && !/^\d+(\.\d+)?$/.test(value.trim())) return parseInstant(value);
    for (const schema of [epochSeconds, epochMillis, epochMicros]) {
      const at = schema.parse(value);
      if (at !== null) return at;
    }
    return null;
  });

/** A date without time ("2026-12-01") that the service documents as UTC midnight. */
export const utcDate: z.ZodType<number | null> = z
  .unknown()
  .optional()
  .transform((value) =>
    typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value.trim())
      ? parseInstant(`${value.trim()}T00:00:00Z`)
      : null,
  );
