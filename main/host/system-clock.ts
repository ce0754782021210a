import type { Clock } from "../../app/ports.ts";
import { createSteadyTime } from "./steady-time.ts";

/**
 * Longest single wait. Timers of the event loop stand still while the computer sleeps and know nothing of a clock that was
 * set; looking at the clocks once a minute bounds how late a callback can be, and keeps below their 2^31 ms limit.
 */
const LONGEST_WAIT_MS = 60_000;

/** The computer's own clock. With `unref`, waiting timers do not keep the process alive. */
export function createSystemClock(options: { unref?: boolean } = {}): Required<Clock> {
  const steady = createSteadyTime();
  return {
    now: () => Date.now(),
    steady,
    setTimer(at, callback) {
      let timer: NodeJS.Timeout | undefined;
      // Whichever comes first: the time of day, or as much time as lay before it. The second holds when the clock is set back.
      const end = steady() + Math.max(0, at - Date.now());
      const left = (): number => Math.min(at - Date.now(), end - steady());
      const wait = (): void => {
        const ms = left();
        // setTimeout may fire a millisecond early: then there is something left, and it waits again.
        timer = setTimeout(ms <= LONGEST_WAIT_MS ? finish : wait, Math.max(0, Math.min(ms, LONGEST_WAIT_MS)));
        if (options.unref === true) timer.unref();
      };
      const finish = (): void => {
        if (left() > 0) wait();
        else callback();
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}
