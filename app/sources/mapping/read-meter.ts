import type { JSONValue } from "json-p3";
import type { Amount } from "../../quota/amount.ts";
import { nextUtcReset } from "../../quota/calendar.ts";
import { ReadError } from "../../quota/failure.ts";
import type { Meter, Unit, Window } from "../../quota/meter.ts";
import { cleanText } from "../clean-text.ts";
import { firstIssue } from "../first-issue.ts";
import { decimalIn } from "../numbers.ts";
import { complement } from "../percent-meter.ts";
import { type FigureSource, type MappedMeter, pathOf } from "./definition.ts";
import { amountSchema, type FigureName, figureNames, figureSchema } from "./figure-schema.ts";
import { compileQuery, selectUpTo } from "./query.ts";
import { resetTime } from "./reset-time.ts";

const PLAIN_NUMBER = /^-?\d{1,30}(\.\d{1,30})?$/;
/** `absent`: the path matches nothing, which is not the same as a null. */
type Found = Amount | "absent";

/** Which meter of the reading it becomes. `row` counts from 1; null where it is not from a row. */
export interface MeterPart {
  readonly id: string;
  readonly label: string;
  readonly row: number | null;
}

/**
 * One meter out of an answer or a row of it; null where it may be missing and none of its figures is there.
 * Throws ReadError "unexpected-shape" naming the meter and the path.
 */
export function readMeter(meter: MappedMeter, value: JSONValue, now: number, part: MeterPart): Meter | null {
  const { label, id, row } = part;
  const name = row === null ? meter.id : `${meter.id}, row ${row}`;
  const fail = (path: string, problem: string) =>
    new ReadError("unexpected-shape", { detail: `meter ${name}, at ${cleanText(path)}: ${problem}` });
  const one = (path: string): JSONValue | undefined => {
    const compiled = compileQuery(path);
    if (!compiled.ok) throw new ReadError("invalid-options", { detail: `meter ${meter.id}: ${compiled.problem}` });
    const found = selectUpTo(compiled.query, value, 1);
    if (found === null) throw fail(path, "matches more than one value");
    return found[0];
  };

  const shares = meter.unit.kind === "percent";
  const figure = (name: FigureName): Found => {
    const source: FigureSource | undefined = meter[name];
    if (source === undefined) return "absent";
    if ("value" in source) {
      // In the unit itself, and never a value with a meaning of its own. The definition says why where it cannot be.
      const parsed = figureSchema(name, meter.unit, 1).safeParse(source.value);
      return parsed.success ? parsed.data : "unknown";
    }
    const raw = one(source.path);
    if (raw === undefined) return "absent";
    if (isAmong(meter.unlimited, raw)) return name === "used" ? "unknown" : "unlimited";
    if (raw === null || isAmong(meter.unknown, raw)) return "unknown";
    // A scale of the meter is that of its amounts, or of its percentages where it has no others.
    const usual = shares || !/^percent/.test(name) ? (meter.scale ?? 1) : 1;
    const parsed = figureSchema(name, meter.unit, source.scale ?? usual).safeParse(raw);
    if (!parsed.success) throw fail(source.path, firstIssue(parsed.error));
    return parsed.data;
  };

  const found = {
    used: figure("used"),
    remaining: figure("remaining"),
    limit: figure("limit"),
    percentUsed: figure("percentUsed"),
    percentRemaining: figure("percentRemaining"),
  };
  const paths = figureNames.flatMap((name) => {
    const path = pathOf(meter[name]);
    return path === undefined ? [] : [{ path, missing: found[name] === "absent" }];
  });
  if (paths.every(({ missing }) => missing)) {
    if (meter.mayBeMissing) return null;
    throw fail(paths[0]?.path ?? "$", "missing");
  }
  const told = {
    used: orUnknown(found.used),
    remaining: orUnknown(found.remaining),
    limit: orUnknown(found.limit),
    percentUsed: orUnknown(found.percentUsed),
    percentRemaining: orUnknown(found.percentRemaining),
  };
  const resetsAt = meter.reset === undefined ? null : resetTime(meter.reset.format, one(meter.reset.path), now);
  return {
    id,
    label: { text: label },
    unit: unitOf(meter, one, fail),
    ...(shares ? percentFigures(told) : amounts(told, rounding(meter))),
    window: windowOf(meter, resetsAt, now),
    scope: meter.scope,
  };
}

function orUnknown(value: Found): Amount {
  return value === "absent" ? "unknown" : value;
}

function isAmong(sentinels: MappedMeter["unlimited"], raw: JSONValue): boolean {
  return sentinels?.some((sentinel) => sentinel === raw || sameFigure(sentinel, raw)) ?? false;
}

/** Services send one figure now as a number and now as a text, so -1 and "-1" mean the same. */
function sameFigure(sentinel: string | number | null, raw: JSONValue): boolean {
  const [text, figure] = typeof raw === "string" ? [raw, sentinel] : [sentinel, raw];
  return typeof text === "string" && typeof figure === "number" && PLAIN_NUMBER.test(text) && Number(text) === figure;
}

/** Money and what is counted in whole numbers stays whole. */
function rounding(meter: MappedMeter): (value: number) => number {
  const parts = amountSchema(meter.unit) === decimalIn ? 1_000_000 : 1;
  return (value) => Math.round(value * parts) / parts;
}

interface Told {
  readonly used: Amount;
  readonly remaining: Amount;
  readonly limit: Amount;
  readonly percentUsed: Amount;
  readonly percentRemaining: Amount;
}
type Figures = Pick<Meter, "limit" | "used" | "remaining" | "confidence">;

function percentFigures({ percentUsed, percentRemaining }: Told): Figures {
  if (percentRemaining === "unlimited" || percentUsed === "unlimited") return unlimited("unknown");
  if (percentRemaining === "unknown") {
    const left = percentUsed === "unknown" ? "unknown" : complement(percentUsed);
    return { limit: 100, used: percentUsed, remaining: left, confidence: "reported" };
  }
  const used = percentUsed === "unknown" ? Math.max(0, complement(percentRemaining)) : percentUsed;
  return { limit: 100, used, remaining: percentRemaining, confidence: "reported" };
}

function unlimited(used: Amount): Figures {
  return { limit: "unlimited", used, remaining: "unlimited", confidence: "reported" };
}

/** Fills in what two figures say of the third, and a share of what it is a share of; what no figure says stays unknown. */
function amounts(told: Told, round: (value: number) => number): Figures {
  const { used, remaining, limit } = told;
  if (limit === "unlimited" || remaining === "unlimited") return unlimited(used);
  if (typeof limit === "number") {
    if (remaining !== "unknown") {
      const rest = used === "unknown" ? Math.max(0, limit - remaining) : used;
      return { limit, used: rest, remaining, confidence: "reported" };
    }
    if (typeof used === "number") return { limit, used, remaining: limit - used, confidence: "derived" };
    return shareOf(limit, told, round);
  }
  if (typeof used === "number" && typeof remaining === "number") {
    return { limit: used + remaining, used, remaining, confidence: "derived" };
  }
  return wholeOf(told, round);
}

/** The share that is left, in percent. */
function shareLeft({ percentUsed, percentRemaining }: Told): Amount {
  if (percentRemaining !== "unknown") return percentRemaining;
  return typeof percentUsed === "number" ? complement(percentUsed) : percentUsed;
}

/** A limit and a percentage of it: percentages are rounded, so what follows is an estimate. */
function shareOf(limit: number, told: Told, round: (value: number) => number): Figures {
  const left = shareLeft(told);
  if (typeof left !== "number") return { limit, used: told.used, remaining: told.remaining, confidence: "reported" };
  const remaining = round((limit * left) / 100);
  return { limit, used: Math.max(0, limit - remaining), remaining, confidence: "estimated" };
}

/** What was used, or is left, and a percentage that says of how much. */
function wholeOf(told: Told, round: (value: number) => number): Figures {
  const { used, remaining, limit } = told;
  const left = shareLeft(told);
  const asTold: Figures = { limit, used, remaining, confidence: "reported" };
  if (typeof left !== "number") return asTold;
  if (typeof used === "number" && left < 100) {
    const whole = round((used * 100) / (100 - left));
    return { limit: whole, used, remaining: whole - used, confidence: "estimated" };
  }
  if (typeof remaining === "number" && left > 0 && remaining > 0) {
    const whole = round((remaining * 100) / left);
    return { limit: whole, used: Math.max(0, whole - remaining), remaining, confidence: "estimated" };
  }
  return asTold;
}

function unitOf(
  { unit }: MappedMeter,
  one: (path: string) => JSONValue | undefined,
  fail: (path: string, problem: string) => ReadError,
): Unit {
  if (unit.kind !== "money") return unit;
  if (unit.currencyPath === undefined) return { kind: "money", currency: unit.currency ?? "USD" };
  const code = one(unit.currencyPath);
  if (typeof code !== "string" || !/^[A-Za-z]{3}$/.test(code)) {
    throw fail(unit.currencyPath, code === undefined ? "missing" : "not a currency code of three letters");
  }
  return { kind: "money", currency: code.toUpperCase() };
}

function windowOf({ window }: MappedMeter, resetsAt: number | null, now: number): Window {
  switch (window.kind) {
    case "rolling":
      return {
        kind: "rolling",
        lengthMs: window.seconds === undefined ? null : window.seconds * 1000,
        resetsAt,
        resetBasis: "reported",
      };
    case "calendar":
      return {
        kind: "calendar",
        period: window.period,
        timeZone: "UTC",
        resetsAt: resetsAt ?? nextUtcReset(window.period, now),
        resetBasis: resetsAt === null ? "derived" : "reported",
      };
    case "period":
      return { kind: "period", resetsAt, resetBasis: "reported" };
    case "balance":
    case "lifetime":
      return { kind: window.kind };
  }
}
