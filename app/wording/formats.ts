import type { Amount } from "../quota/amount.ts";
import { fromMicros } from "../quota/amount.ts";
import type { Unit } from "../quota/meter.ts";
import type { Translate } from "./translate.ts";

/** Intl formatters for one language and time zone, made when first used: each costs a little to build. */
export interface Formats {
  readonly language: string;
  number(value: number): string;
  compact(value: number): string;
  percent(value: number, digits: number): string;
  money(value: number, currency: string): string;
  unit(value: number, unit: "day" | "hour" | "minute" | "second"): string;
  /** Clock time with its zone; with the weekday or date where it is not today. */
  clock(at: number, now: number): string;
  /** An estimated time: a clock time for the next day and a half, from then on the day. */
  about(at: number, now: number): string;
  /** The same of a range, as coarse as its end is far. */
  aboutRange(from: number, to: number, now: number): string;
}

/** `timeZone` is an IANA name; left out, the host's own zone is used. */
export function createFormats(options: { language: string; timeZone?: string }): Formats {
  const { language } = options;
  const zone = options.timeZone === undefined ? {} : { timeZone: options.timeZone };
  const cache = new Map<string, Intl.NumberFormat>();
  const number = (key: string, settings: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const found = cache.get(key);
    if (found !== undefined) return found;
    const made = new Intl.NumberFormat(language, settings);
    cache.set(key, made);
    return made;
  };
  const dates = new Map<string, Intl.DateTimeFormat>();
  const date = (key: string, settings: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
    const found = dates.get(key);
    if (found !== undefined) return found;
    const made = new Intl.DateTimeFormat(language, { ...settings, ...zone });
    dates.set(key, made);
    return made;
  };
  const time = { hour: "numeric", minute: "2-digit", timeZoneName: "short" } as const;
  const weekdayTime = { weekday: "short", ...time } as const;
  const dayOnly = { day: "numeric", month: "short" } as const;
  const dayKey = (at: number) => date("day", { year: "numeric", month: "numeric", day: "numeric" }).format(at);
  const formats: Formats = {
    language,
    number: (value) => number("plain", { maximumFractionDigits: 2 }).format(value),
    compact: (value) => number("compact", { notation: "compact", maximumSignificantDigits: 3 }).format(value),
    percent: (value, digits) =>
      number(`percent-${digits}`, { style: "percent", maximumFractionDigits: digits }).format(value / 100),
    money: (value, currency) => {
      // Sub-cent amounts would read as "$0.00", which looks used up.
      const digits = value !== 0 && Math.abs(value) < 0.01 ? 4 : Math.abs(value) >= 10_000 ? 0 : 2;
      return number(`money-${currency}-${digits}`, {
        style: "currency",
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(value);
    },
    unit: (value, unit) =>
      number(`unit-${unit}`, { style: "unit", unit, unitDisplay: unit === "day" ? "long" : "short" }).format(value),
    clock: (at, now) => {
      if (dayKey(at) === dayKey(now)) return date("time", time).format(at);
      const days = Math.abs(at - now) / DAY;
      if (days < 6) return date("weekday", weekdayTime).format(at);
      return date("date", { day: "numeric", month: "short", ...time }).format(at);
    },
    about: (at, now) => {
      const days = (at - now) / DAY;
      if (days >= 6) return date("day-only", dayOnly).format(at);
      if (days >= CLOCK_DAYS) return date("weekday-only", { weekday: "long" }).format(at);
      return (dayKey(at) === dayKey(now) ? date("time", time) : date("weekday", weekdayTime)).format(at);
    },
    aboutRange: (from, to, now) => {
      const days = (to - now) / DAY;
      if (days >= 6) return date("day-only", dayOnly).formatRange(from, to);
      if (days >= CLOCK_DAYS) return date("weekday-short", { weekday: "short" }).formatRange(from, to);
      if (dayKey(from) !== dayKey(to)) return `${formats.clock(from, now)} – ${formats.clock(to, now)}`;
      return (dayKey(to) === dayKey(now) ? date("time", time) : date("weekday", weekdayTime)).formatRange(from, to);
    },
  };
  return formats;
}

/** An estimate farther off than this is not good to the hour. */
const CLOCK_DAYS = 1.5;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * An amount in its unit: "$12.40", "1.27M tokens", "unlimited", "not told". Money comes in micros.
 * Rounded towards the worse side only by Intl's own rounding; exact figures are in the JSON output.
 */
export function formatAmount(amount: Amount, unit: Unit, f: Formats, t: Translate): string {
  if (amount === "unlimited") return t("amount.unlimited");
  if (amount === "unknown") return t("amount.unknown");
  switch (unit.kind) {
    case "money":
      return f.money(fromMicros(amount), unit.currency);
    case "percent":
      return formatPercent(amount, f);
    case "tokens":
    case "requests":
    case "credits":
    case "points":
    case "characters":
    case "hours":
    case "units":
      return t(`amount.${unit.kind}`, { count: amount, amount: formatCount(amount, f) });
  }
}

/** The bare figure without the unit's word, for "730K of 2M tokens". */
export function formatFigure(amount: number, unit: Unit, f: Formats): string {
  if (unit.kind === "money") return f.money(fromMicros(amount), unit.currency);
  return unit.kind === "percent" ? formatPercent(amount, f) : formatCount(amount, f);
}

function formatCount(value: number, f: Formats): string {
  return Math.abs(value) >= 100_000 ? f.compact(value) : f.number(value);
}

/**
 * Percent left in few characters. Never rounds onto a meaning that is not true: 0.3 is "<1%", not "0%", and 99.7 is "99%".
 */
export function formatPercent(percent: number, f: Formats): string {
  if (percent > 0 && percent < 1) return `<${f.percent(1, 0)}`;
  if (percent <= -1 || percent >= 1) return f.percent(Math.trunc(percent), 0);
  return f.percent(percent < 0 ? -1 : 0, 0);
}

/** Time until something, in its two largest units: "2 hr 10 min", "3 days 4 hr", "under a minute" as "<1 min". */
export function formatCountdown(ms: number, f: Formats): string {
  if (ms < MINUTE) return `<${f.unit(1, "minute")}`;
  const days = Math.floor(ms / DAY);
  const hours = Math.floor((ms % DAY) / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  if (days > 0) return hours > 0 && days < 7 ? `${f.unit(days, "day")} ${f.unit(hours, "hour")}` : f.unit(days, "day");
  if (hours > 0) return minutes > 0 ? `${f.unit(hours, "hour")} ${f.unit(minutes, "minute")}` : f.unit(hours, "hour");
  return f.unit(minutes, "minute");
}

/** How long ago, coarse: "12 sec", "4 min", "3 hr", "2 days". */
export function formatAge(ms: number, f: Formats): string {
  if (ms < MINUTE) return f.unit(Math.max(0, Math.floor(ms / 1000)), "second");
  if (ms < HOUR) return f.unit(Math.floor(ms / MINUTE), "minute");
  if (ms < DAY) return f.unit(Math.floor(ms / HOUR), "hour");
  return f.unit(Math.floor(ms / DAY), "day");
}

/** The length of a window or interval, exact in its largest unit where it divides: "5 hr", "7 days", "90 min". */
export function formatInterval(ms: number, f: Formats): string {
  return f.unit(...inLargestUnit(ms));
}

/** The same in front of a noun: "5-hour", "7-day", "90-minute". */
export function formatLengthOf(ms: number, f: Formats, t: Translate): string {
  const [number, unit] = inLargestUnit(ms);
  return t(`window.length-${unit}`, { number: f.number(number) });
}

function inLargestUnit(ms: number): [number: number, unit: "day" | "hour" | "minute" | "second"] {
  if (ms >= DAY && ms % DAY === 0) return [ms / DAY, "day"];
  if (ms >= HOUR && ms % HOUR === 0) return [ms / HOUR, "hour"];
  if (ms >= MINUTE) return [Math.round(ms / MINUTE), "minute"];
  return [Math.round(ms / 1000), "second"];
}

/** Clock time with its zone ("14:05 GMT+1"); with weekday or date when it is not today. */
export function formatClock(at: number, now: number, f: Formats): string {
  return f.clock(at, now);
}
