/**
 * Lets tasks through, at most `perKey` of one key and `total` of all at once: tasks of one key in order of arrival, and keys in
 * turn, so that neither a slow key nor one with many tasks holds up the others.
 */
export interface ConcurrencyGate {
  /** Resolves when the task may run; call the returned function once when it has ended. Null when `signal` ended the wait. */
  enter(key: string): Promise<() => void>;
  enter(key: string, signal: AbortSignal): Promise<(() => void) | null>;
}

interface Lane {
  readonly key: string;
  running: number;
  readonly waiting: (() => void)[];
}

export function createConcurrencyGate(limits: { perKey: number; total: number }): ConcurrencyGate {
  // In the order of turns: a lane that lets one in goes to the end. Lanes without tasks are gone.
  const lanes = new Map<string, Lane>();
  let total = 0;

  const laneOf = (key: string): Lane => {
    const known = lanes.get(key);
    if (known !== undefined) return known;
    const made: Lane = { key, running: 0, waiting: [] };
    lanes.set(key, made);
    return made;
  };

  const admit = (lane: Lane): boolean => {
    if (total >= limits.total || lane.running >= limits.perKey) return false;
    const start = lane.waiting.shift();
    if (start === undefined) return false;
    total += 1;
    lane.running += 1;
    lanes.delete(lane.key);
    lanes.set(lane.key, lane);
    start();
    return true;
  };

  const leave = (lane: Lane): void => {
    total -= 1;
    lane.running -= 1;
    if (lane.running === 0 && lane.waiting.length === 0) lanes.delete(lane.key);
    for (const next of lanes.values()) if (admit(next)) return;
  };

  function enter(key: string): Promise<() => void>;
  function enter(key: string, signal: AbortSignal): Promise<(() => void) | null>;
  function enter(key: string, signal?: AbortSignal): Promise<(() => void) | null> {
    if (signal?.aborted === true) return Promise.resolve(null);
    const lane = laneOf(key);
    return new Promise((resolve) => {
      let left = false;
      const giveUp = (): void => {
        lane.waiting.splice(lane.waiting.indexOf(start), 1);
        if (lane.running === 0 && lane.waiting.length === 0) lanes.delete(key);
        resolve(null);
      };
      const start = (): void => {
        signal?.removeEventListener("abort", giveUp);
        resolve(() => {
          if (left) return;
          left = true;
          leave(lane);
        });
      };
      signal?.addEventListener("abort", giveUp, { once: true });
      lane.waiting.push(start);
      // Whoever could go before this one has gone: only this lane has changed.
      admit(lane);
    });
  }
  return { enter };
}
