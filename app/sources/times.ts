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
