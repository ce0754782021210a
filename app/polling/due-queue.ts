/** Ids in the order of their times: a binary heap that knows where each id is, so that every call costs O(log n) at most. */
export interface DueQueue {
  /** Adds an id or moves it. */
  set(id: string, at: number): void;
  delete(id: string): void;
  at(id: string): number | null;
  /** The earliest time; null when there is none. */
  earliest(): number | null;
  /** Takes out the first id whose time is not after `now`; null when there is none. */
  takeDue(now: number): string | null;
  clear(): void;
}

interface Entry {
  readonly id: string;
  at: number;
  /** Ids of one time keep the order in which they were set. */
  turn: number;
  index: number;
}

export function createDueQueue(): DueQueue {
  const heap: Entry[] = [];
  const byId = new Map<string, Entry>();
  let turns = 0;

  const before = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.turn < b.turn);
  const put = (entry: Entry, index: number): void => {
    heap[index] = entry;
    entry.index = index;
  };
  const settle = (entry: Entry): void => {
    let { index } = entry;
    for (;;) {
      const parent = heap[(index - 1) >> 1];
      if (index === 0 || parent === undefined || !before(entry, parent)) break;
      put(parent, index);
      index = (index - 1) >> 1;
    }
    for (;;) {
      const left = heap[2 * index + 1];
      const right = heap[2 * index + 2];
      const child = right !== undefined && left !== undefined && before(right, left) ? right : left;
      if (child === undefined || !before(child, entry)) break;
      const from = child.index;
      put(child, index);
      index = from;
    }
    put(entry, index);
  };
  const remove = (entry: Entry): void => {
    byId.delete(entry.id);
    const last = heap.pop();
    if (last === undefined || last === entry) return;
    last.index = entry.index;
    settle(last);
  };

  return {
    set(id, at) {
      turns += 1;
      const known = byId.get(id);
      const entry = known ?? { id, at, turn: turns, index: heap.length };
      entry.at = at;
      entry.turn = turns;
      if (known === undefined) {
        byId.set(id, entry);
        heap.push(entry);
      }
      settle(entry);
    },
    delete(id) {
      const entry = byId.get(id);
      if (entry !== undefined) remove(entry);
    },
    at: (id) => byId.get(id)?.at ?? null,
    earliest: () => heap[0]?.at ?? null,
    takeDue(now) {
      const first = heap[0];
      if (first === undefined || first.at > now) return null;
      remove(first);
      return first.id;
    },
    clear() {
      heap.length = 0;
      byId.clear();
    },
  };
}
