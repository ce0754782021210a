import type { Clock } from "../../app/ports.ts";

/** A clock that stands still until told to go on; timers run in order as it passes them. */
export interface VirtualClock extends Clock {
  /** Moves on to a time, running each timer at its own moment and letting promises settle in between. */
  advanceTo(at: number): Promise<void>;
  advance(ms: number): Promise<void>;
  /** Sets the clock, as somebody does: no time passes, and no timer runs. */
  set(at: number): void;
  /** Time passes while no timer runs, as while a computer sleeps. */
  sleep(ms: number): void;
  steady(): number;
  pendingTimers(): number;
}

interface Timer {
  readonly at: number;
  /** When so much time has passed as lay before `at`. */
  readonly steadyAt: number;
  readonly callback: () => void;
}

export function createVirtualClock(start: number): VirtualClock {
  let steady = 0;
  let offset = start;
  let sequence = 0;
  const timers = new Map<number, Timer>();

  const settle = async (): Promise<void> => {
    // Enough turns for a chain of awaits on immediate answers; real I/O is awaited by the test itself.
    for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const now = (): number => steady + offset;
  /** Whichever comes first of the two, as the port says. */
  const ringsAt = ({ at, steadyAt }: Timer): number => Math.min(at - offset, steadyAt);

  const advanceTo = async (target: number): Promise<void> => {
    const end = target - offset;
    await settle();
    for (;;) {
      let first: { id: number; timer: Timer } | null = null;
      for (const [id, timer] of timers) {
        if (ringsAt(timer) <= end && (first === null || ringsAt(timer) < ringsAt(first.timer))) first = { id, timer };
      }
      if (first === null) break;
      timers.delete(first.id);
      steady = Math.max(steady, ringsAt(first.timer));
      first.timer.callback();
      await settle();
    }
    steady = Math.max(steady, end);
  };

  return {
    now,
    steady: () => steady,
    setTimer(at, callback) {
      sequence += 1;
      const id = sequence;
      timers.set(id, { at, steadyAt: steady + Math.max(0, at - now()), callback });
      return () => {
        timers.delete(id);
      };
    },
    advanceTo,
    advance: (ms) => advanceTo(now() + ms),
    set(at) {
      offset = at - steady;
    },
    sleep(ms) {
      steady += ms;
    },
    pendingTimers: () => timers.size,
  };
}
