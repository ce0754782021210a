import type { Label, Meter, Scope, Unit } from "../../quota/meter.ts";
import { DAY_MS, HOUR_MS, rolling } from "../named-window.ts";

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;

/** Windows that headers call by name; null where the length varies. */
export const NAMED_WINDOWS: ReadonlyMap<string, number | null> = new Map([
  ["second", SECOND_MS],
  ["minute", MINUTE_MS],
  ["hour", HOUR_MS],
  ["day", DAY_MS],
  ["week", 7 * DAY_MS],
  ["month", null],
  ["year", null],
]);

/** One limit as headers tell it. Null: not told, or not to be read. */
export interface ToldLimit {
  readonly id: string;
  readonly label: Label;
  readonly unit: Exclude<Unit, { kind: "money" | "percent" }>;
  readonly limit: number | null;
  readonly remaining: number | null;
  /** Only where a header of its own tells it; else it follows from the other two. */
  readonly used?: number | null;
  readonly lengthMs: number | null;
  /** Epoch milliseconds. */
  readonly resetsAt: number | null;
  /** The time is when the limit is full again: it refills all the time. */
  readonly refills?: boolean;
  readonly scope: Scope;
}

/** A meter of a told limit; none where neither the limit nor what is left of it is told. */
export function limitMeter({
  limit,
  remaining,
  used = null,
  lengthMs,
  resetsAt,
  refills = false,
  ...rest
}: ToldLimit): readonly Meter[] {
  if (limit === null && remaining === null) return [];
  const follows = limit === null || remaining === null ? "unknown" : Math.max(0, limit - remaining);
  return [
    {
      ...rest,
      limit: limit ?? "unknown",
      used: used ?? follows,
      remaining: remaining ?? "unknown",
      window:
        refills && resetsAt !== null
          ? { kind: "rolling", lengthMs, resetsAt, resetBasis: "refill" }
          : rolling(lengthMs, resetsAt),
      confidence: "reported",
    },
  ];
}
