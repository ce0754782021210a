import type { Unit, Window } from "../../../app/quota/meter.ts";
import type { Usage } from "./usage.ts";

/** What is true of a meter at a time, whether anybody asks or not. Amounts are whole numbers of its unit. */
export interface TrueFigures {
  readonly limit: number;
  readonly remaining: number;
  /** When the window ends; null where it has no end, or has not begun. */
  readonly resetsAt: number | null;
  /** Which instance of the window this is. Another one begins with full quota; nothing else changes it. */
  readonly instance: number;
}

/** A limited quantity of the world. */
export interface ModelMeter {
  readonly id: string;
  readonly unit: Unit;
  /** It has no instances that begin and end: its end moves on all the time. */
  readonly slides?: boolean;
  at(time: number): TrueFigures;
  /** The window as a gateway tells it, with the reset that it claims. */
  window(resetsAt: number | null): Window;
}

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

interface Measure {
  readonly id: string;
  readonly unit: Unit;
  readonly limit: number;
  readonly usage: Usage;
}

function remainingOf(limit: number, used: number): number {
  return Math.max(0, limit - Math.round(used));
}

/** A window of fixed length that begins with the first use after the last one ended: the five hours of the chat plans. */
export function firstUseMeter(measure: Measure, lengthMs: number, start: number, end: number): ModelMeter {
  const begins: number[] = [];
  for (let at = measure.usage.nextUse(start); at < end; at = measure.usage.nextUse(at + lengthMs)) begins.push(at);
  return {
    id: measure.id,
    unit: measure.unit,
    at(time) {
      const index = lastAtOrBefore(begins, time);
      const began = begins[index];
      if (began === undefined || time >= began + lengthMs) {
        return { limit: measure.limit, remaining: measure.limit, resetsAt: null, instance: index * 2 + 1 };
      }
      const used = measure.usage.upTo(time) - measure.usage.upTo(began);
      return {
        limit: measure.limit,
        remaining: remainingOf(measure.limit, used),
        resetsAt: began + lengthMs,
        instance: index * 2,
      };
    },
    window: (resetsAt) => ({ kind: "rolling", lengthMs, resetsAt, resetBasis: "reported" }),
  };
}

export type CalendarPeriod = "day" | "week" | "month";

/** A day, a week from Monday, or a month, in UTC. */
export function calendarMeter(measure: Measure, period: CalendarPeriod): ModelMeter {
  return {
    id: measure.id,
    unit: measure.unit,
    at(time) {
      const { from, to } = calendarWindow(period, time);
      const used = measure.usage.upTo(time) - measure.usage.upTo(from);
      return { limit: measure.limit, remaining: remainingOf(measure.limit, used), resetsAt: to, instance: from };
    },
    window: (resetsAt) =>
      resetsAt === null
        ? { kind: "period", resetsAt: null, resetBasis: "reported" }
        : { kind: "calendar", period, timeZone: "UTC", resetsAt, resetBasis: "reported" },
  };
}

function calendarWindow(period: CalendarPeriod, time: number): { from: number; to: number } {
  const midnight = Math.floor(time / DAY_MS) * DAY_MS;
  switch (period) {
    case "day":
      return { from: midnight, to: midnight + DAY_MS };
    case "week": {
      const from = midnight - ((new Date(midnight).getUTCDay() + 6) % 7) * DAY_MS;
      return { from, to: from + 7 * DAY_MS };
    }
    case "month": {
      const date = new Date(midnight);
      const month = (offset: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1);
      return { from: month(0), to: month(1) };
    }
  }
}

/** The last so many hours: its end moves with every use, and what was used comes back bit by bit. It is one instance for ever. */
export function slidingMeter(measure: Measure, lengthMs: number): ModelMeter {
  return {
    slides: true,
    id: measure.id,
    unit: measure.unit,
    at(time) {
      const used = measure.usage.upTo(time) - measure.usage.upTo(time - lengthMs);
      return {
        limit: measure.limit,
        remaining: remainingOf(measure.limit, used),
        resetsAt: used > 0 ? time + lengthMs : null,
        instance: 0,
      };
    },
    window: (resetsAt) => ({ kind: "rolling", lengthMs, resetsAt, resetBasis: "reported" }),
  };
}

/** A bucket that refills all the time, and says when it will be full. */
export function refillMeter(measure: Measure, lengthMs: number): ModelMeter {
  return {
    id: measure.id,
    unit: measure.unit,
    at(time) {
      const remaining = remainingOf(measure.limit, measure.usage.upTo(time) - measure.usage.upTo(time - lengthMs));
      const missing = 1 - remaining / measure.limit;
      return { limit: measure.limit, remaining, resetsAt: time + missing * lengthMs, instance: 0 };
    },
    window: (resetsAt) => ({ kind: "rolling", lengthMs, resetsAt, resetBasis: "refill" }),
  };
}

/** Money or a lifetime's allowance that is put in at times and used up. */
export interface Deposit {
  readonly at: number;
  readonly amount: number;
}

export function prepaidMeter(
  measure: Omit<Measure, "limit">,
  kind: "balance" | "lifetime",
  deposits: readonly Deposit[],
): ModelMeter {
  // What cannot be paid is not used, so what is left at each deposit has to be known.
  const pieces: { at: number; granted: number; left: number; usedBefore: number }[] = [];
  for (const { at, amount } of deposits) {
    const last = pieces.at(-1);
    const usedBefore = measure.usage.upTo(at);
    const left = last === undefined ? 0 : remainingOf(last.left, usedBefore - last.usedBefore);
    pieces.push({ at, granted: left + amount, left: left + amount, usedBefore });
  }
  return {
    id: measure.id,
    unit: measure.unit,
    at(time) {
      const piece = pieces.findLast(({ at }) => at <= time) ?? pieces[0];
      if (piece === undefined) return { limit: 0, remaining: 0, resetsAt: null, instance: 0 };
      const used = Math.max(0, measure.usage.upTo(time) - piece.usedBefore);
      return {
        limit: piece.granted,
        remaining: remainingOf(piece.left, used),
        resetsAt: null,
        // A balance has one instance; a top-up shows in what is left.
        instance: 0,
      };
    },
    window: () => ({ kind }),
  };
}

/** The place of the last that is not after `time`; -1 when all are. */
function lastAtOrBefore(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
