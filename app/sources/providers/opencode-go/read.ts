import { nextUtcReset } from "../../../quota/calendar.ts";
import type { Meter, Window } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import { DAY_MS, HOUR_MS, namedWindow, rolling } from "../../named-window.ts";
import { percentMeter } from "../../percent-meter.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../../source.ts";
import { type GoUsage, usageAnswer } from "./schema.ts";

const FIVE_HOURS = 5 * HOUR_MS;

/** Reads the three windows of the plan. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const { workspaceID, userID, usage } = await context.getJson("/zen/go/v1/usage", usageAnswer, { judge });
  const meters = windows(usage, context.now);
  return {
    meters,
    account: null,
    notices: meters.length > 0 ? [] : [{ key: "notice.no-limits-told", params: {} }],
    subjects: { ...(userID !== null && { user: userID }), ...(workspaceID !== null && { team: workspaceID }) },
  };
}

function judge({ status }: JudgedAnswer): Verdict | null {
  return status === 403 ? { cause: "key-lacks-permission", detail: "the workspace of this key has no Go plan" } : null;
}

function windows({ rolling: short, weekly, monthly }: GoUsage, now: number): Meter[] {
  const week: Window = {
    kind: "calendar",
    period: "week",
    timeZone: "UTC",
    // Monday 00:00 UTC, as its limits are documented.
    resetsAt: weekly?.resetsAt ?? nextUtcReset("week", now),
    resetBasis: weekly?.resetsAt ? "reported" : "derived",
  };
  // Counts from the day of the month on which the plan began.
  const month: Window = { kind: "period", resetsAt: monthly?.resetsAt ?? null, resetBasis: "reported" };
  return [
    ...meter(FIVE_HOURS, short, rolling(FIVE_HOURS, short?.resetsAt ?? null)),
    ...meter(7 * DAY_MS, weekly, week),
    ...meter(30 * DAY_MS, monthly, month),
  ];
}

function meter(lengthMs: number, told: GoUsage["rolling"], window: Window): Meter[] {
  if (!told || told.percent === "unknown") return [];
  return [percentMeter({ ...namedWindow(lengthMs), used: told.percent, window, scope: "user" })];
}
