import type { Label, Window } from "../quota/meter.ts";
import { slug } from "./slug.ts";

const MINUTE = 60_000;
export const HOUR_MS = 60 * MINUTE;
export const DAY_MS = 24 * HOUR_MS;

/** A window that begins with its first use, or of which only the length and the next reset are told. */
export function rolling(lengthMs: number | null, resetsAt: number | null): Window {
  return { kind: "rolling", lengthMs, resetsAt, resetBasis: "reported" };
}

/**
 * What a meter for a window of this length is called, and its id: "five-hours", "day", "week", "month" (28 to 31 days), others by
 * their length ("3-hours"). `name` is of what there is more than one: a model, a feature. Null: the length is not told.
 */
export function namedWindow(lengthMs: number | null, name?: string): { readonly id: string; readonly label: Label } {
  const { id, key, window } = wordsFor(lengthMs);
  const params = { ...(window !== undefined && { window }), ...(name !== undefined && { name }) };
  return {
    id: name === undefined ? id : `${id}-${slug(name)}`,
    label: {
      key: name === undefined ? key : `${key}-of`,
      ...(Object.keys(params).length > 0 && { params }),
    },
  };
}

function wordsFor(lengthMs: number | null): { id: string; key: string; window?: string } {
  if (lengthMs === null) return { id: "usage", key: "meter.usage" };
  if (lengthMs === 5 * HOUR_MS) return { id: "five-hours", key: "meter.five-hours" };
  if (lengthMs === DAY_MS) return { id: "day", key: "meter.day" };
  if (lengthMs === 7 * DAY_MS) return { id: "week", key: "meter.week" };
  // Services write a month as 28 to 31 days, or as a twelfth of a year.
  if (lengthMs >= 28 * DAY_MS && lengthMs <= 31 * DAY_MS) return { id: "month", key: "meter.month" };
  const [count, unit] = inUnit(lengthMs);
  return { id: `${count}-${unit}`, key: "meter.window", window: `${count}-${unit.slice(0, -1)}` };
}

/** A length as it stands in a label behind a name: "minute", "5 hours", "day", "week", "30 days". */
export function windowWords(lengthMs: number): string {
  if (lengthMs === 7 * DAY_MS) return "week";
  const [count, unit] = inUnit(lengthMs);
  return countedWords(count, unit.slice(0, -1));
}

/** "month", "3 months". */
export function countedWords(count: number, unit: string): string {
  return count === 1 ? unit : `${count} ${unit}s`;
}

/** In the largest unit that leaves no remainder. */
function inUnit(lengthMs: number): [count: number, unit: string] {
  if (lengthMs % DAY_MS === 0) return [lengthMs / DAY_MS, "days"];
  if (lengthMs % HOUR_MS === 0) return [lengthMs / HOUR_MS, "hours"];
  if (lengthMs % MINUTE === 0) return [lengthMs / MINUTE, "minutes"];
  return [Math.round(lengthMs / 1000), "seconds"];
}
