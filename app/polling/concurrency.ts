/** Lets tasks through, at most `perKey` of one key and `total` of all at once, in order of arrival within what may run. */
export interface ConcurrencyGate {
  /** Resolves when the task may run; call the returned function once when it has ended. */
  enter(key: string): Promise<() => void>;
}

interface Waiting {
  readonly key: string;
  readonly admit: () => void;
}

export function createConcurrencyGate(limits: { perKey: number; total: number }): ConcurrencyGate {
  const running = new Map<string, number>();
  let total = 0;
  const waiting: Waiting[] = [];

  const admitNext = (): void => {
    for (let index = 0; index < waiting.length && total < limits.total; ) {
      const candidate = waiting[index];
      if (candidate === undefined) return;
      if ((running.get(candidate.key) ?? 0) >= limits.perKey) {
        index += 1;
        continue;
      }
      waiting.splice(index, 1);
      total += 1;
      running.set(candidate.key, (running.get(candidate.key) ?? 0) + 1);
      candidate.admit();
    }
  };

  const leave = (key: string): void => {
    total -= 1;
    const left = (running.get(key) ?? 1) - 1;
    if (left === 0) running.delete(key);
    else running.set(key, left);
    admitNext();
  };

  return {
    enter: (key) =>
      new Promise((resolve) => {
        let left = false;
        waiting.push({
          key,
          admit: () =>
            resolve(() => {
              if (left) return;
              left = true;
              leave(key);
            }),
        });
        admitNext();
      }),
  };
}
