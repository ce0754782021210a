import type { Clock } from "../ports.ts";
import type { Due } from "./policy.ts";

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
  /** Looks at the clock again, after a sleep or a clock change. */
  wake(): void;
  /** Stops for good; resolves when the flights under way have ended. */
  stop(): Promise<void>;
}

export interface SchedulerOptions {
  readonly clock: Clock;
  /** Polls one id; resolves with its next due time, or null to drop it. Must not reject. */
  readonly run: (id: string) => Promise<Due | null>;
  /** A flight has ended and its next due time stands. */
  readonly onSettled?: (id: string) => void;
}

/** A timer never sleeps longer than this, so that a clock set forward is noticed without a power event. */
const LONGEST_SLEEP_MS = 5 * 60_000;

export function createScheduler({ clock, run, onSettled }: SchedulerOptions): Scheduler {
  const due = new Map<string, Due>();
  const flights = new Map<string, Promise<void>>();
  // Set while a flight is under way, applied when it ends.
  const meanwhile = new Map<string, Due>();
  const forgotten = new Set<string>();
  let cancelTimer: (() => void) | null = null;
  let stopped = false;

  const arm = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    if (stopped || due.size === 0) return;
    let earliest = Number.POSITIVE_INFINITY;
    for (const { dueAt } of due.values()) earliest = Math.min(earliest, dueAt);
    cancelTimer = clock.setTimer(Math.min(earliest, clock.now() + LONGEST_SLEEP_MS), tick);
  };

  const fly = (id: string): Promise<void> => {
    const flying = flights.get(id);
    if (flying !== undefined) return flying;
    due.delete(id);
    forgotten.delete(id);
    const flight = run(id).then((next) => {
      flights.delete(id);
      const asked = meanwhile.get(id);
      meanwhile.delete(id);
      if (!forgotten.delete(id) && next !== null && !stopped) {
        due.set(id, asked !== undefined && asked.dueAt < next.dueAt ? asked : next);
        arm();
      }
      onSettled?.(id);
    });
    flights.set(id, flight);
    return flight;
  };

  function tick(): void {
    // Woken from outside, the timer is still waiting: left alone, it would keep the process alive after the end.
    cancelTimer?.();
    cancelTimer = null;
    const now = clock.now();
    for (const [id, { dueAt }] of due) if (dueAt <= now) void fly(id);
    arm();
  }

  return {
    schedule(id, next) {
      if (stopped) return;
      if (flights.has(id)) {
        meanwhile.set(id, next);
        forgotten.delete(id);
        return;
      }
      due.set(id, next);
      arm();
    },
    forget(id) {
      due.delete(id);
      meanwhile.delete(id);
      if (flights.has(id)) forgotten.add(id);
      arm();
    },
    async runNow(id) {
      if (stopped) return;
      const flight = fly(id);
      arm();
      await flight;
    },
    dueOf: (id) => due.get(id) ?? null,
    isFlying: (id) => flights.has(id),
    wake() {
      if (!stopped) tick();
    },
    async stop() {
      stopped = true;
      cancelTimer?.();
      cancelTimer = null;
      due.clear();
      await Promise.allSettled(flights.values());
    },
  };
}
