/**
 * Turns a way to write a whole value into one that may be called at any time: writes follow one another in order, and a value
 * that is overtaken while it waits is not written at all. Each promise settles with the write that covered its value.
 */
export function createLatestWrite<T>(write: (value: T) => Promise<void>): (value: T) => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let waiting: { value: T; readonly done: Promise<void> } | null = null;
  return (value) => {
    if (waiting !== null) {
      waiting.value = value;
      return waiting.done;
    }
    const done = running.then(async () => {
      const next = waiting;
      waiting = null;
      if (next !== null) await write(next.value);
    });
    waiting = { value, done };
    // The next one waits for this one's end, whichever it is; the error belongs to those who asked for it.
    running = done.catch(() => undefined);
    return done;
  };
}
