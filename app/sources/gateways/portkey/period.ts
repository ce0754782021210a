import type { Window } from "../../../quota/meter.ts";
import { DAY_MS, rolling } from "../../named-window.ts";
import type { UsageLimits } from "./schema.ts";

type Resets = Pick<UsageLimits, "periodic_reset" | "periodic_reset_days" | "next_usage_reset_at">;

/** Analytics are kept for 30 days on the smallest plan, so that a longer period would be counted in part only. */
const LONGEST_COUNTED = 31 * DAY_MS;

/** The window of a limit: as long as it says, until the time that it tells. */
export function windowOf(limit: Resets): Window {
  const { next_usage_reset_at: resetsAt } = limit;
  const lengthMs = lengthOf(limit);
  if (lengthMs !== null) return rolling(lengthMs, resetsAt);
  if (limit.periodic_reset === "monthly" && resetsAt !== null) {
    return { kind: "calendar", period: "month", timeZone: "UTC", resetsAt, resetBasis: "reported" };
  }
  return limit.periodic_reset === null && resetsAt === null
    ? { kind: "lifetime" }
    : { kind: "period", resetsAt, resetBasis: "reported" };
}

/**
 * When the running period began (epoch milliseconds): as told, or as far before its end as it is long. Null where that cannot be
 * said, where the period never ends, and where it is longer than all services' records.
 */
export function periodStart(limit: Resets, lastResetAt: number | null, now: number): number | null {
  if (limit.periodic_reset === null && typeof limit.periodic_reset_days !== "number") return null;
  const start = lastResetAt ?? startBefore(limit);
  return start === null || start > now || now - start > LONGEST_COUNTED ? null : start;
}

function startBefore(limit: Resets): number | null {
  const { next_usage_reset_at: end } = limit;
  if (end === null) return null;
  const lengthMs = lengthOf(limit);
  if (lengthMs !== null) return end - lengthMs;
  if (limit.periodic_reset !== "monthly") return null;
  const start = new Date(end);
  // The month before has such a day only up to the 28th.
  if (start.getUTCDate() > 28) return null;
  start.setUTCMonth(start.getUTCMonth() - 1);
  return start.getTime();
}

/** Of periods that are always equally long. */
function lengthOf({ periodic_reset, periodic_reset_days }: Resets): number | null {
  if (typeof periodic_reset_days === "number" && periodic_reset_days > 0 && periodic_reset_days <= 366) {
    return periodic_reset_days * DAY_MS;
  }
  return periodic_reset === "weekly" ? 7 * DAY_MS : null;
}
