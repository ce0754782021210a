import type { FailureCause } from "../../../quota/failure.ts";
import type { Meter, Unit } from "../../../quota/meter.ts";
import type { Notice, Reading } from "../../../quota/reading.ts";
import { difference, usedOf } from "../../difference.ts";
import { DAY_MS, HOUR_MS, namedWindow, rolling } from "../../named-window.ts";
import { percentMeter } from "../../percent-meter.ts";
import type { JudgedAnswer, ReadContext, RequestOptions, Verdict } from "../../source.ts";
import { toldApart } from "../../told-apart.ts";
import type { ZaiOptions } from "./descriptor.ts";
import { limitsAnswer, type ZaiLimit } from "./schema.ts";

const FIVE_HOURS = 5 * HOUR_MS;
const WEEK = 7 * DAY_MS;

/** Reads the limits of the plan. Throws ReadError. */
export async function read(context: ReadContext, options: ZaiOptions): Promise<Reading> {
  const { data } = await context.getJson("/api/monitor/usage/quota/limit", limitsAnswer, { ...teamOf(options), judge });
  const limits = data?.limits ?? [];
  const tools = limits.filter(({ type }) => type === "TIME_LIMIT");
  const plan = limits.filter(({ type }) => type !== "TIME_LIMIT");
  const meters = toldApart([...planMeters(plan), ...tools.flatMap(toolMeter)]);
  const notices: Notice[] = [
    ...(data?.level ? [{ key: "notice.plan", params: { plan: data.level } }] : []),
    ...(meters.length > 0 ? [] : [{ key: "notice.no-limits-told", params: {} }]),
  ];
  return { meters, account: null, notices };
}

function teamOf({ organizationId, projectId }: ZaiOptions): Pick<RequestOptions, "query" | "headers"> {
  if (organizationId === "" && projectId === "") return {};
  return {
    query: { type: "2" },
    headers: {
      ...(organizationId !== "" && { "bigmodel-organization": organizationId }),
      ...(projectId !== "" && { "bigmodel-project": projectId }),
    },
  };
}

const CAUSES: ReadonlyMap<number, FailureCause> = new Map([
  [401, "key-refused"],
  [1000, "key-refused"],
  [1001, "key-refused"],
  [1002, "key-refused"],
  [1003, "key-refused"],
  [403, "key-lacks-permission"],
  [429, "rate-limited"],
  [1113, "quota-used-up"],
  [1302, "rate-limited"],
]);

/** Errors come with status 200, a code, and `success: false`. */
function judge({ status, body }: JudgedAnswer): Verdict | null {
  if (status < 200 || status >= 300 || typeof body !== "object" || body === null) return null;
  const code = "code" in body ? Number(body.code) : 200;
  const failed = "success" in body && body.success === false;
  if (code === 200 && !failed) return null;
  return {
    cause: CAUSES.get(code) ?? (code >= 500 && code < 600 ? "server-error" : "unexpected-shape"),
    detail: "the answer carries an error code instead of figures",
  };
}

/** Where the service does not say which window a limit is, the one that resets first is taken for the 5 hours. */
function planMeters(limits: readonly ZaiLimit[]): Meter[] {
  const known = limits.flatMap((limit) => {
    const lengthMs = lengthOf(limit);
    if (lengthMs === null) return [];
    // A plan that is counted in tokens and in credits has two limits in one window.
    const others = limits.filter((other) => other !== limit && lengthOf(other) === lengthMs);
    const second = limit.type === "CREDIT_LIMIT" && others.some(({ type }) => type !== "CREDIT_LIMIT");
    return planMeter(limit, lengthMs, "reported", second ? "Credits" : undefined);
  });
  const taken = new Set(known.map(({ id }) => id));
  const free = [FIVE_HOURS, WEEK].filter((lengthMs) => !taken.has(namedWindow(lengthMs).id));
  const guessed = limits
    .filter((limit) => lengthOf(limit) === null)
    .toSorted((a, b) => (a.nextResetTime ?? 0) - (b.nextResetTime ?? 0))
    .flatMap((limit, index) => planMeter(limit, free[index] ?? null, "estimated"));
  return [...known, ...guessed];
}

/** By the unit alone for weeks, whose number differs between plans. */
function lengthOf({ unit, number }: ZaiLimit): number | null {
  switch (unit) {
    case 1:
      return (number || 1) * DAY_MS;
    case 3:
      return (number || 5) * HOUR_MS;
    case 5:
      return number ? number * 60_000 : null;
    case 6:
      return WEEK;
    default:
      return null;
  }
}

function planMeter(limit: ZaiLimit, lengthMs: number | null, confidence: Meter["confidence"], name?: string): Meter[] {
  const base = {
    ...namedWindow(lengthMs, name),
    window: rolling(lengthMs, limit.nextResetTime),
    scope: "account",
    confidence,
  } as const;
  const figures = absolute(limit);
  if (figures !== null) return [{ ...base, unit: unitOf(limit), ...figures }];
  return limit.percentage === "unknown" ? [] : [percentMeter({ ...base, used: limit.percentage })];
}

function unitOf({ type }: ZaiLimit): Unit {
  switch (type) {
    case "TOKENS_LIMIT":
      return { kind: "tokens" };
    case "CREDIT_LIMIT":
      return { kind: "credits" };
    default:
      return { kind: "units" };
  }
}

/** Of the month, which unit 5 stands for here; other windows under their own name. */
function toolMeter(limit: ZaiLimit): Meter[] {
  const lengthMs = limit.unit === 5 ? null : lengthOf(limit);
  const base = {
    ...(lengthMs === null
      ? { id: "tool-calls", label: { key: "meter.tool-calls" } }
      : namedWindow(lengthMs, "Tool calls")),
    window: { kind: "period", resetsAt: limit.nextResetTime, resetBasis: "reported" },
    scope: "account",
  } as const;
  const figures = absolute(limit);
  if (figures !== null) return [{ ...base, unit: { kind: "requests" }, ...figures, confidence: "reported" }];
  return limit.percentage === "unknown" ? [] : [percentMeter({ ...base, used: limit.percentage })];
}

/** Null where only the percentage is told. */
function absolute(told: ZaiLimit): Pick<Meter, "limit" | "used" | "remaining"> | null {
  const { usage: limit, currentValue: used, remaining } = told;
  if (limit === "unknown" || limit === 0 || (used === "unknown" && remaining === "unknown")) return null;
  return {
    limit,
    used: used === "unknown" ? usedOf(limit, remaining) : used,
    remaining: remaining === "unknown" ? difference(limit, used) : remaining,
  };
}
