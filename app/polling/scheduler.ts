import type { Clock } from "../ports.ts";
import { createAlarm } from "./alarm.ts";
import type { DueReason } from "./due-reason.ts";
import type { Due } from "./policy.ts";
import type { SteadyTime } from "./steady-time.ts";

/** Keeps due times and calls `run` for what is due. One flight per id; what a flight returns is when it is due next. */
export interface Scheduler {
  /** Sets (or moves) when an id is due. During a flight it takes effect when the flight has ended, if sooner. */
  schedule(id: string, due: Due): void;
  /** Forgets an id; a flight under way ends without a follow-up. */
  forget(id: string): void;
  /** Runs an id now, or joins the flight under way. Resolves when it has ended. */
  runNow(id: string): Promise<void>;
  dueOf(id: string): Due | null;
  isFlying(id: string): boolean;
  /** Looks at the clock again, after a sleep. */
  wake(): void;
  /** Stops for good; resolves when the flights under way have ended. */
  stop(): Promise<void>;
}

export interface SchedulerOptions {
  readonly clock: Clock;
  readonly time: SteadyTime;
  /** Polls one id; resolves with its next due time, or null to drop it. Must not reject. */
  readonly run: (id: string, reason: DueReason) => Promise<Due | null>;
  /** A flight has ended and its next due time stands. */
  readonly onSettled?: (id: string) => void;
  /** Due times have passed long ago, as after a sleep: they can be set anew before anything is run. */
  readonly onLate?: () => void;
}

export function createScheduler({ clock, time, run, onSettled, onLate }: SchedulerOptions): Scheduler {
  const reasons = new Map<string, DueReason>();
  const flights = new Map<string, Promise<void>>();
  // Set while a flight is under way, applied when it ends.
  const meanwhile = new Map<string, Due>();
  const forgotten = new Set<string>();
  let stopped = false;

  const alarm = createAlarm({
    clock,
    time,
    ring: (id) => void fly(id, reasons.get(id) ?? "interval"),
    ...(onLate !== undefined && { onLate }),
  });

  const set = (id: string, due: Due): void => {
    reasons.set(id, due.reason);
    alarm.set(id, due.dueAt);
  };
  const unset = (id: string): void => {
    reasons.delete(id);
    alarm.delete(id);
  };

  function fly(id: string, reason: DueReason): Promise<void> {
    const flying = flights.get(id);
    if (flying !== undefined) return flying;
    unset(id);
    forgotten.delete(id);
    const flight = run(id, reason).then((next) => {
      flights.delete(id);
      const asked = meanwhile.get(id);
      meanwhile.delete(id);
      const due = asked !== undefined && (next === null || asked.dueAt < next.dueAt) ? asked : next;
      if (!forgotten.delete(id) && due !== null && !stopped) set(id, due);
      onSettled?.(id);
    });
    flights.set(id, flight);
    return flight;
  }

  return {
    schedule(id, due) {
      if (stopped) return;
      if (!flights.has(id)) return set(id, due);
      meanwhile.set(id, due);
      forgotten.delete(id);
    },
    forget(id) {
      unset(id);
      meanwhile.delete(id);
      if (flights.has(id)) forgotten.add(id);
    },
    async runNow(id) {
      if (!stopped) await fly(id, "asked");
    },
    dueOf(id) {
      const dueAt = alarm.at(id);
      const reason = reasons.get(id);
      return dueAt === null || reason === undefined ? null : { dueAt, reason };
    },
    isFlying: (id) => flights.has(id),
    wake() {
      if (!stopped) alarm.look();
    },
    async stop() {
      stopped = true;
      reasons.clear();
      alarm.clear();
      await Promise.allSettled(flights.values());
    },
  };
}
