/** What waits for its time. Ordered by time, then by the order in which it was added. */
export interface Waiting {
  at: number;
  readonly order: number;
  readonly run: () => void;
  /** Its place in the heap; -1 once it is out. */
  index: number;
}

/** A binary heap that knows the place of each entry, so that taking one back costs as little as adding one. */
export class TimeHeap<T extends Waiting = Waiting> {
  #entries: T[] = [];

  get size(): number {
    return this.#entries.length;
  }

  first(): T | undefined {
    return this.#entries[0];
  }

  add(entry: T): void {
    entry.index = this.#entries.length;
    this.#entries.push(entry);
    this.#up(entry);
  }

  remove(entry: T): void {
    const { index } = entry;
    if (index === -1) return;
    const last = this.#entries.pop();
    entry.index = -1;
    if (last === undefined || last === entry) return;
    this.#place(last, index);
    this.#up(last);
    this.#down(last);
  }

  /** Takes everything out. */
  drain(): T[] {
    const entries = this.#entries;
    this.#entries = [];
    for (const entry of entries) entry.index = -1;
    return entries;
  }

  #place(entry: T, index: number): void {
    this.#entries[index] = entry;
    entry.index = index;
  }

  #up(entry: T): void {
    while (entry.index > 0) {
      const above = this.#entries[(entry.index - 1) >> 1];
      if (above === undefined || !isBefore(entry, above)) return;
      this.#swap(entry, above);
    }
  }

  #down(entry: T): void {
    for (;;) {
      const left = this.#entries[entry.index * 2 + 1];
      const right = this.#entries[entry.index * 2 + 2];
      const least = left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
      if (least === undefined || !isBefore(least, entry)) return;
      this.#swap(least, entry);
    }
  }

  #swap(one: T, other: T): void {
    const { index } = one;
    this.#place(one, other.index);
    this.#place(other, index);
  }
}

function isBefore(one: Waiting, other: Waiting): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
