import type { Clock } from "../ports.ts";

/** A clock that was set by less than this was put right, as time servers do all the time; nobody waits shorter or longer for it. */
const CLOCK_STEP_MS = 5_000;

/** Wall time beside the time that has really passed, so that what waits is not moved when somebody sets the clock. */
export interface SteadyTime {
  /** Milliseconds that only go on, sleep included; comparable among each other alone. */
  steady(): number;
  /** The steady time of a wall time as the clock is set now, and the other way round. */
  fromWall(at: number): number;
  toWall(steady: number): number;
  /** True once after the clock was set, forwards or backwards. */
  wasSet(): boolean;
}

/** Without a steady clock of the host's, the wall clock counts while it goes on, and stands still where it is set back. */
export function createSteadyTime(clock: Clock): SteadyTime {
  let last = clock.now();
  let passed = 0;
  const wallOnly = (): number => {
    const now = clock.now();
    passed += Math.max(0, now - last);
    last = now;
    return passed;
  };
  const steady = (): number => clock.steady?.() ?? wallOnly();
  const offset = (): number => {
    const passedBefore = steady();
    return clock.now() - passedBefore;
  };
  let known = offset();
  return {
    steady,
    fromWall: (at) => at - offset(),
    toWall: (at) => at + offset(),
    wasSet() {
      const current = offset();
      if (Math.abs(current - known) < CLOCK_STEP_MS) return false;
      known = current;
      return true;
    },
  };
}
