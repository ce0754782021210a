import type { Label, Meter } from "../../../quota/meter.ts";
import type { Reading } from "../../../quota/reading.ts";
import { difference, usedOf } from "../../difference.ts";
import { DAY_MS, HOUR_MS, namedWindow, rolling } from "../../named-window.ts";
import { isNoQuota } from "../../no-quota.ts";
import { slug } from "../../slug.ts";
import type { JudgedAnswer, ReadContext, Verdict } from "../../source.ts";
import { toldApart } from "../../told-apart.ts";
import { type KimiDetail, type KimiItem, usagesAnswer } from "./schema.ts";

const WEEK = 7 * DAY_MS;

/** Reads the week and the shorter windows of the plan. Throws ReadError. */
export async function read(context: ReadContext): Promise<Reading> {
  const { usage, limits } = await context.getJson("/coding/v1/usages", usagesAnswer, { judge });
  const items = limits ?? [];
  const week = usage ? meterOf(usage, WEEK, namedWindow(WEEK), context.now) : [];
  const others = items.flatMap((item) => ofItem(item, items, context.now));
  const [theWeek] = week;
  // The week may be listed once more, with the same figures.
  const repeated = (meter: Meter) => theWeek !== undefined && JSON.stringify(meter) === JSON.stringify(theWeek);
  const meters = toldApart([...week, ...others.filter((meter) => !repeated(meter))]);
  return {
    meters,
    account: null,
    notices: meters.length > 0 ? [] : [{ key: "notice.no-limits-told", params: {} }],
  };
}

/** The route is there for accounts with a plan only. */
function judge({ status }: JudgedAnswer): Verdict | null {
  return status === 404
    ? { cause: "not-found", detail: "the account has no Kimi Code plan, or the address is another" }
    : null;
}

/** Under its name where the window alone does not tell it from another. */
function ofItem(item: KimiItem, all: readonly KimiItem[], now: number): Meter[] {
  const lengthMs = lengthOf(item.window);
  const name = nameOf(item);
  if (lengthMs !== null) {
    const shared = all.some((other) => other !== item && lengthOf(other.window) === lengthMs);
    return meterOf(item.detail, lengthMs, namedWindow(lengthMs, shared && name !== null ? name : undefined), now);
  }
  const named =
    name === null
      ? { id: "rate-limit", label: { key: "meter.rate-limit" } }
      : { id: `rate-limit-${slug(name)}`, label: { key: "meter.rate-limit-of", params: { name } } };
  return meterOf(item.detail, null, named, now);
}

function nameOf({ name, title, detail }: KimiItem): string | null {
  return name ?? title ?? detail.name;
}

const UNIT_MS: readonly (readonly [unit: string, ms: number])[] = [
  ["SECOND", 1000],
  ["MINUTE", 60_000],
  ["HOUR", HOUR_MS],
  ["DAY", DAY_MS],
  ["WEEK", WEEK],
];

/** "TIME_UNIT_MINUTE" and the like; null for a window that is not told, or in a unit without a fixed length. */
function lengthOf(window: KimiItem["window"]): number | null {
  if (!window?.duration) return null;
  const told = (window.timeUnit ?? window.time_unit ?? "").toUpperCase();
  const unit = UNIT_MS.find(([name]) => told.includes(name));
  return unit === undefined ? null : window.duration * unit[1];
}

/** Empty where no figure is told. Either of what is used and what remains follows from the other. */
function meterOf(
  { limit, used, remaining, resetsAt, resetsIn }: KimiDetail,
  lengthMs: number | null,
  named: { readonly id: string; readonly label: Label },
  now: number,
): Meter[] {
  if (used === "unknown" && remaining === "unknown") return [];
  if (isNoQuota({ limit, used, remaining })) return [];
  return [
    {
      ...named,
      // The service does not say what its figures count.
      unit: { kind: "units" },
      limit,
      used: used === "unknown" ? usedOf(limit, remaining) : used,
      remaining: remaining === "unknown" ? difference(limit, used) : remaining,
      window: rolling(lengthMs, resetsAt ?? (resetsIn === null ? null : now + resetsIn * 1000)),
      scope: "account",
      confidence: used === "unknown" || remaining === "unknown" ? "derived" : "reported",
    },
  ];
}
