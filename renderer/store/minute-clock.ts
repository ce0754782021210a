const MINUTE = 60_000;

/** One clock for the whole page, so that every countdown changes in the same frame and nothing runs while hidden. */
export interface MinuteClock {
  /** Epoch milliseconds as of the last tick. */
  now(): number;
  subscribe(listener: () => void): () => void;
}

/** Ticks on each full minute while the document is visible and somebody listens, and at once when it becomes visible. */
export function createMinuteClock(page: Document = document): MinuteClock {
  const listeners = new Set<() => void>();
  let current = Date.now();
  let timer: number | undefined;

  function tick(): void {
    current = Date.now();
    for (const listener of listeners) listener();
    schedule();
  }

  function schedule(): void {
    window.clearTimeout(timer);
    if (listeners.size === 0 || page.hidden) return;
    timer = window.setTimeout(tick, MINUTE - (Date.now() % MINUTE));
  }

  function onVisibility(): void {
    if (page.hidden) window.clearTimeout(timer);
    else tick();
  }

  return {
    now: () => current,
    subscribe(listener) {
      if (listeners.size === 0) {
        page.addEventListener("visibilitychange", onVisibility);
        current = Date.now();
      }
      listeners.add(listener);
      schedule();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        page.removeEventListener("visibilitychange", onVisibility);
        window.clearTimeout(timer);
      };
    },
  };
}
