const MINUTE = 60_000;

/** One clock for the whole page, so that every countdown changes in the same frame and nothing runs while hidden. */
export interface MinuteClock {
  /** Epoch milliseconds as of the last tick. */
  now(): number;
  subscribe(listener: () => void): () => void;
}

/** What the clock needs of a document. */
export type Visibility = Pick<Document, "hidden" | "addEventListener" | "removeEventListener">;

/** Ticks on each full minute while the document is visible and somebody listens, and at once when it becomes visible. */
export function createMinuteClock(page: Visibility): MinuteClock {
  const listeners = new Set<() => void>();
  let current = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tick(): void {
    current = Date.now();
    for (const listener of listeners) listener();
    schedule();
  }

  function schedule(): void {
    clearTimeout(timer);
    if (listeners.size === 0 || page.hidden) return;
    timer = setTimeout(tick, MINUTE - (Date.now() % MINUTE));
  }

  function onVisibility(): void {
    if (page.hidden) clearTimeout(timer);
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
        clearTimeout(timer);
      };
    },
  };
}
