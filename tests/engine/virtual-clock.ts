import type { Clock } from "../../app/ports.ts";

/** A clock that stands still until told to go on; timers run in order as it passes them. */
export interface VirtualClock extends Clock {
  /** Moves on to a time, running each timer at its own moment and letting promises settle in between. */
  advanceTo(at: number): Promise<void>;
  advance(ms: number): Promise<void>;
  /** Jumps without running timers in between, as a clock that somebody sets. */
  set(at: number): void;
  pendingTimers(): number;
}

export function createVirtualClock(start: number): VirtualClock {
  let now = start;
  let sequence = 0;
  const timers = new Map<number, { at: number; callback: () => void }>();

  const settle = async (): Promise<void> => {
    // Enough turns for a chain of awaits on immediate answers; real I/O is awaited by the test itself.
    for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
  };

  const advanceTo = async (target: number): Promise<void> => {
    await settle();
    for (;;) {
      let first: { id: number; at: number; callback: () => void } | null = null;
      for (const [id, timer] of timers) {
        if (timer.at <= target && (first === null || timer.at < first.at)) first = { id, ...timer };
      }
      if (first === null) break;
      timers.delete(first.id);
      now = Math.max(now, first.at);
      first.callback();
      await settle();
    }
    now = Math.max(now, target);
  };

  return {
    now: () => now,
    setTimer(at, callback) {
      sequence += 1;
      const id = sequence;
      timers.set(id, { at, callback });
      return () => {
        timers.delete(id);
      };
    },
    advanceTo,
    advance: (ms) => advanceTo(now + ms),
    set(at) {
      now = at;
    },
    pendingTimers: () => timers.size,
  };
}
