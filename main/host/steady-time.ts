import { uptime } from "node:os";

/** By so much the wall clock may drift from the running one before it is asked why. */
const NOTICED_MS = 1_000;
/** `uptime` is told in whole seconds on some systems. */
const UPTIME_STEP_MS = 2_000;

export interface SteadyTimeSources {
  readonly wall: () => number;
  /** Precise, set by nobody, and standing still while the computer sleeps, at least on some systems. */
  readonly running: () => number;
  /** Coarse, set by nobody, and going on while the computer sleeps. */
  readonly uptime: () => number;
}

/**
 * Milliseconds since some moment that go on while the computer sleeps and do not follow the wall clock when it is set. The running
 * time, put forward by each sleep; that there was one is noticed when the wall clock has left the running time behind, and
 * how long it was is known by the uptime, which no one sets.
 */
export function createSteadyTime(sources: SteadyTimeSources = SYSTEM): () => number {
  const { wall, running } = sources;
  const ahead = (): number => sources.uptime() - running();
  let slept = 0;
  let wallAhead = wall() - running();
  const uptimeAhead = ahead();
  return () => {
    const now = running();
    const current = wall() - now;
    if (Math.abs(current - wallAhead) >= NOTICED_MS) {
      wallAhead = current;
      const sleep = ahead() - uptimeAhead;
      if (sleep - slept > UPTIME_STEP_MS) slept = sleep;
    }
    return Math.round(now + slept);
  };
}

const SYSTEM: SteadyTimeSources = {
  wall: () => Date.now(),
  running: () => performance.now(),
  uptime: () => uptime() * 1_000,
};
