import type { Clock } from "../ports.ts";
import { createDueQueue } from "./due-queue.ts";
import type { SteadyTime } from "./steady-time.ts";

/** Rings for each id when its time has come: one timer of the host for all of them, and none while there is nothing to wait for. */
export interface Alarm {
  /** Sets or moves the time of an id; wall time, which then is so far away as it is now, whatever the clock is set to. */
  set(id: string, at: number): void;
  delete(id: string): void;
  /** Wall time. */
  at(id: string): number | null;
  /** Rings for what is due, without waiting for the timer. */
  look(): void;
  clear(): void;
}

export interface AlarmOptions {
  readonly clock: Clock;
  readonly time: SteadyTime;
  /** The id is no longer in the queue; it may be set again. */
  readonly ring: (id: string) => void;
  /** The host's timer came much too late, as after a sleep: called before anything rings, so that times can be set anew. */
  readonly onLate?: () => void;
}

/** A timer that is so much too late has slept. */
const LATE_MS = 30_000;

export function createAlarm({ clock, time, ring, onLate }: AlarmOptions): Alarm {
  const queue = createDueQueue();
  let armedFor: number | null = null;
  let cancelTimer: (() => void) | null = null;
  let ringing = false;

  const disarm = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    armedFor = null;
  };
  const arm = (): void => {
    const earliest = queue.earliest();
    if (ringing || earliest === armedFor) return;
    disarm();
    if (earliest === null) return;
    armedFor = earliest;
    cancelTimer = clock.setTimer(time.toWall(earliest), look);
  };

  function look(): void {
    if (ringing) return;
    disarm();
    ringing = true;
    const now = time.steady();
    const earliest = queue.earliest();
    if (earliest !== null && now - earliest > LATE_MS) onLate?.();
    for (let id = queue.takeDue(now); id !== null; id = queue.takeDue(now)) ring(id);
    ringing = false;
    arm();
  }

  return {
    set(id, at) {
      queue.set(id, time.fromWall(at));
      arm();
    },
    delete(id) {
      queue.delete(id);
      arm();
    },
    at(id) {
      const at = queue.at(id);
      return at === null ? null : time.toWall(at);
    },
    look,
    clear() {
      queue.clear();
      disarm();
    },
  };
}
