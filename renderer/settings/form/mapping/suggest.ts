import { type MappedMeter, type TimeFormat, timeFormats } from "../../../../app/sources/mapping/definition.ts";
import { resetTime } from "../../../../app/sources/mapping/reset-time.ts";
import { listAround, type Place, type Role } from "./places.ts";

/** What the panel for a value starts with. */
export interface Suggestion {
  readonly role: Role;
  readonly label: string;
  readonly unit: MappedMeter["unit"];
  readonly scale: number;
  readonly window: MappedMeter["window"];
  readonly format: TimeFormat;
  /** The value probably means that there is no limit. */
  readonly unlimited: boolean;
}

/** Guesses from a value's name, those around it, its type and its size. A start for the user, who sees and decides. */
export function suggest(
  place: Place,
  value: unknown,
  siblings: Readonly<Record<string, unknown>>,
  now: number,
): Suggestion {
  const names = place.filter((part) => typeof part === "string");
  const name = wordsOf(names.at(-1) ?? "");
  const all = wordsOf(names.join(" "));
  const format = formatOf(name, value, now);
  const role = roleOf(name, value, format);
  const percent = role === "percentUsed" || role === "percentRemaining";
  return {
    role,
    label: labelOf(place, names),
    unit: percent ? { kind: "percent" } : unitOf(name, all, siblings),
    scale: scaleOf(name, all, value, percent),
    window: windowOf(role, all),
    format: format ?? "iso",
    unlimited: role === "limit" && (value === null || value === -1),
  };
}

/** "totalUsed_USD" as " total used usd ", so that words can be found whole. */
function wordsOf(name: string): string {
  return ` ${name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[^A-Za-z0-9]+/g, " ")
    .toLowerCase()
    .trim()} `;
}

const RESET = / (resets?|renews?|renewal|refresh(es)?|expir\w*|until|ends?|next) /;

function formatOf(name: string, value: unknown, now: number): TimeFormat | null {
  const named = RESET.test(name) || / (at|in|after|time|date|ttl) $/.test(name);
  const likely = timeFormats.find((format) => format !== "seconds-from-now" && resetTime(format, value, now) !== null);
  if (likely !== undefined && (named || likely === "iso")) return likely;
  return RESET.test(name) && typeof value === "number" && resetTime("seconds-from-now", value, now) !== null
    ? "seconds-from-now"
    : null;
}

function roleOf(name: string, value: unknown, format: TimeFormat | null): Role {
  if (format !== null) return "reset";
  if (saysSuccess(name, value)) return "success";
  const left = / (remaining|remain|remains|left|available|balance|rest) /.test(name);
  if (/ (percent|percentage|pct|utili[sz]ation|ratio) /.test(name)) return left ? "percentRemaining" : "percentUsed";
  if (typeof value === "string" && !/^-?\d+(\.\d+)?$/.test(value)) return "name";
  if (left) return "remaining";
  if (/ (used|usage|use|spent|spend|consumed|cost|today) /.test(name)) return "used";
  if (/ (limit|quota|max|maximum|budget|cap|granted|allowance|allowed|total|hard) /.test(name)) return "limit";
  return "used";
}

/** Some services tell errors with a status of 200, and say so beside the figures. */
function saysSuccess(name: string, value: unknown): boolean {
  if (value === true) return / (success|successful|succeeded|ok) /.test(name);
  return (
    typeof value === "string" && / (status|state|code|result) /.test(name) && /^(ok|success|succeeded)$/i.test(value)
  );
}

const COUNTED = [
  ["tokens", / tokens? /],
  ["requests", / (requests?|calls?|messages?|images?) /],
  ["credits", / credits? /],
  ["points", / points? /],
  ["characters", / (characters?|chars?) /],
  ["hours", / hours? /],
] as const;

const MONEY = / (usd|eur|gbp|cny|dollars?|cents?|cost|spend|spent|budget|balance|price|amount|money|billing|granted) /;

function unitOf(name: string, all: string, siblings: Readonly<Record<string, unknown>>): MappedMeter["unit"] {
  const counted = (words: string) => COUNTED.find(([, pattern]) => pattern.test(words))?.[0];
  const own = counted(name);
  if (own !== undefined) return { kind: own };
  if (!MONEY.test(name)) {
    const around = counted(all);
    if (around !== undefined) return { kind: around };
  }
  return MONEY.test(all) ? { kind: "money", currency: currencyOf(all, siblings) } : { kind: "units" };
}

function currencyOf(all: string, siblings: Readonly<Record<string, unknown>>): string {
  const told = siblings["currency"];
  if (typeof told === "string" && /^[A-Za-z]{3}$/.test(told)) return told.toUpperCase();
  return / (eur|gbp|cny) /.exec(all)?.[1]?.toUpperCase() ?? "USD";
}

function scaleOf(name: string, all: string, value: unknown, percent: boolean): number {
  if (percent) return typeof value === "number" && value > 0 && value <= 1 ? 0.01 : 1;
  if (/ cents? /.test(name) || (/ cents? /.test(all) && !/ (usd|dollars?) /.test(name))) return 100;
  if (/ (micros?|microdollars|microusd) /.test(all)) return 1_000_000;
  return 1;
}

function windowOf(role: Role, all: string): MappedMeter["window"] {
  if (/ (day|daily|today|rpd) /.test(all)) return { kind: "calendar", period: "day" };
  if (/ (week|weekly) /.test(all)) return { kind: "calendar", period: "week" };
  if (/ (month|monthly) /.test(all)) return { kind: "calendar", period: "month" };
  if (/ (minute|rpm|tpm) /.test(all)) return { kind: "rolling", seconds: 60 };
  if (role === "remaining" && / (balance|credits?|granted|prepaid) /.test(all)) return { kind: "balance" };
  return { kind: "period" };
}

const ROLE_WORDS =
  / (used|usage|use|spent|remaining|left|available|limit|quota|max|maximum|total|value|current|count|percent|percentage|pct|utilization|cents?|usd|eur|at|resets?) /g;
const WRAPPERS = new Set(["data", "result", "response", "quota", "quotas", "usage", "limits"]);

/** What the meter may be called: what its name says beside its role, else what stands around it. */
function labelOf(place: Place, names: readonly string[]): string {
  const inner = listAround(place)?.inner.filter((part) => typeof part === "string") ?? names;
  for (const name of inner.toReversed()) {
    if (WRAPPERS.has(name.toLowerCase()) && name !== names.at(-1)) continue;
    const rest = wordsOf(name).replaceAll(" ", "  ").replace(ROLE_WORDS, " ").replace(/\s+/g, " ").trim();
    if (rest.length > 1) return capitalized(rest).slice(0, 60);
  }
  return capitalized(wordsOf(names.at(-1) ?? "Quota").trim()).slice(0, 60) || "Quota";
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
