import type { Clock } from "../../app/ports.ts";

/**
 * Longest single wait. Timers of the event loop stand still while the computer sleeps and know nothing of a clock that was
 * set; looking at the wall clock once a minute bounds how late a callback can be, and keeps below their 2^31 ms limit.
 */
const LONGEST_WAIT_MS = 60_000;

/** The computer's own clock. With `unref`, waiting timers do not keep the process alive. */
export function createSystemClock(options: { unref?: boolean } = {}): Clock {
  return {
    now: () => Date.now(),
    setTimer(at, callback) {
      let timer: NodeJS.Timeout | undefined;
      const wait = (): void => {
        const left = at - Date.now();
        // setTimeout may fire a millisecond early by the wall clock: then there is something left, and it waits again.
        timer = setTimeout(left <= LONGEST_WAIT_MS ? finish : wait, Math.max(0, Math.min(left, LONGEST_WAIT_MS)));
        if (options.unref === true) timer.unref();
      };
      const finish = (): void => {
        if (Date.now() < at) wait();
        else callback();
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}
