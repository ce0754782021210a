import type { Meter, Window } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import { DAY_MS, rolling } from "../../named-window.ts";
import { percentMeter } from "../../percent-meter.ts";
import type { ReadContext } from "../../source.ts";
import { usageAnswer } from "./schema.ts";

/** Reads how much of each limit is used; when they reset is not told. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const { limits } = await context.getJson("/api/usage", usageAnswer);
  const meters = [
    ...meter("session", limits.session, rolling(null, null)),
    ...meter("week", limits.weekly, rolling(7 * DAY_MS, null)),
    ...meter("month", limits.monthly, { kind: "period", resetsAt: null, resetBasis: "reported" }),
  ];
  return {
    meters,
    account: null,
    notices: meters.length > 0 ? [] : [{ key: "notice.no-limits-told", params: {} }],
  };
}

function meter(
  id: "session" | "week" | "month",
  told: { readonly usage: number | "unknown" } | null | undefined,
  window: Window,
): Meter[] {
  if (!told || told.usage === "unknown") return [];
  return [percentMeter({ id, label: { key: `meter.${id}` }, used: told.usage, window, scope: "account" })];
}
