export interface AllowanceLimits {
  /** Calls that may come at once. */
  readonly burst: number;
  /** How fast they come back. */
  readonly perSecond: number;
}

/** A token bucket: bursts of a busy caller pass, one that has run wild does not. `now` is in milliseconds. */
export function createAllowance({ burst, perSecond }: AllowanceLimits, now: () => number): { take(): boolean } {
  let left = burst;
  let at = now();
  return {
    take() {
      const elapsedSeconds = Math.max(0, now() - at) / 1000;
      at = now();
      left = Math.min(burst, left + elapsedSeconds * perSecond);
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
