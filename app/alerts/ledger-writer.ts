/**
 * Writes a value that changes in memory: each call resolves when a write that began after it has ended, and calls during a write
 * share the next one. Never rejects; `onFailure` hears of a write that failed.
 */
export function createLedgerWriter(write: () => Promise<void>, onFailure: () => void): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    next = null;
    try {
      await write();
    } catch {
      onFailure();
    }
  };
  return () => {
    if (next !== null) return next;
    const started = running === null ? run() : running.then(run);
    if (running !== null) next = started;
    running = started;
    started.then(() => {
      if (running === started) running = null;
    });
    return started;
  };
}
