import type { Chance } from "./chance.ts";

/** How much somebody uses of something, added up since the world began. Never falls. */
export interface Usage {
  /** Units used from the beginning of the world until `time`. */
  upTo(time: number): number;
  /** The first moment from `time` on at which something is used; infinity where nothing is any more. */
  nextUse(time: number): number;
}

export const SLOT_MS = 10 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** What kind of user it is: one at an office, or a program that never sleeps. */
export interface Habit {
  readonly worker: "person" | "program";
  /** Units on an ordinary day. */
  readonly perDay: number;
}

/**
 * Use in slots of ten minutes: a person works office hours in bursts and little at the weekend, a program runs all day. The
 * quota is used from other computers, too, so it falls whether this one is awake or not.
 */
export function createUsage(start: number, end: number, habit: Habit, chance: Chance): Usage {
  const slots = Math.ceil((end - start) / SLOT_MS) + 1;
  const total = new Float64Array(slots + 1);
  const rate = habit.worker === "program" ? programRate(chance) : personRate(start, chance);
  for (let slot = 0; slot < slots; slot += 1) {
    total[slot + 1] = (total[slot] ?? 0) + rate(start + slot * SLOT_MS) * habit.perDay;
  }
  const slotOf = (time: number): number => Math.min(slots - 1, Math.max(0, Math.floor((time - start) / SLOT_MS)));
  return {
    upTo(time) {
      if (time <= start) return 0;
      const slot = slotOf(time);
      const before = total[slot] ?? 0;
      const within = Math.min(1, (time - start - slot * SLOT_MS) / SLOT_MS);
      return before + ((total[slot + 1] ?? before) - before) * within;
    },
    nextUse(time) {
      for (let slot = slotOf(time); slot < slots; slot += 1) {
        if ((total[slot + 1] ?? 0) > (total[slot] ?? 0)) return Math.max(time, start + slot * SLOT_MS);
      }
      return Number.POSITIVE_INFINITY;
    },
  };
}

/** The share of a day's use that falls on a slot. */
type Rate = (time: number) => number;

function programRate(chance: Chance): Rate {
  const perSlot = SLOT_MS / DAY_MS;
  return () => perSlot * chance.between(0.2, 1.8);
}

function personRate(start: number, chance: Chance): Rate {
  let day = -1;
  let from = 0;
  let to = 0;
  let strength = 0;
  let burstUntil = 0;
  let breakUntil = 0;
  return (time) => {
    const today = Math.floor((time - start) / DAY_MS);
    if (today !== day) {
      day = today;
      const midnight = Math.floor(time / DAY_MS) * DAY_MS;
      const weekday = new Date(midnight).getUTCDay();
      const works = chance.happens(weekday === 0 || weekday === 6 ? 0.15 : 0.95);
      from = midnight + chance.between(7.5, 10.5) * 3_600_000;
      to = works ? midnight + chance.between(15.5, 22) * 3_600_000 : from;
      strength = chance.logBetween(0.4, 2.5);
    }
    if (time < from || time >= to) return 0;
    if (time >= breakUntil) {
      burstUntil = time + chance.between(1, 9) * SLOT_MS;
      breakUntil = burstUntil + chance.between(1, 6) * SLOT_MS;
    }
    // A day has about thirty slots of work.
    return time < burstUntil ? (strength / 30) * chance.between(0.3, 1.7) : 0;
  };
}
