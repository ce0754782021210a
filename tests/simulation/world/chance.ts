/** Chance of which everything follows from a seed: the same seed and the same names give the same world on every machine. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** Whether something of this probability happens. */
  happens(probability: number): boolean;
  between(least: number, most: number): number;
  /** Both ends included. */
  whole(least: number, most: number): number;
  /** Throws for an empty list. */
  pick<T>(list: readonly T[]): T;
  /** Waiting time for something that comes at random, every `mean` on average. */
  exponential(mean: number): number;
  /** Between the two, short ones as likely as long ones are per factor of ten. */
  logBetween(least: number, most: number): number;
  /** A stream of its own, so that drawing more here changes nothing there. */
  fork(name: string): Chance;
}

export function createChance(seed: string): Chance {
  const next = sfc32(seed);
  const between = (least: number, most: number): number => least + next() * (most - least);
  return {
    next,
    between,
    happens: (probability) => next() < probability,
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick(list) {
      const found = list[Math.floor(next() * list.length)];
      if (found === undefined) throw new Error("there is nothing to pick from");
      return found;
    },
    exponential: (mean) => -mean * Math.log(1 - next()),
    logBetween: (least, most) => Math.exp(between(Math.log(least), Math.log(most))),
    fork: (name) => createChance(`${seed}/${name}`),
  };
}

/** Chris Doty-Humphrey's small fast counter generator (sfc32), its state filled from the text. */
function sfc32(seed: string): () => number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < seed.length; index += 1) hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193);
  let a = hash;
  let b = Math.imul(hash, 0x9e3779b1);
  let c = hash ^ 0x5bd1e995;
  let counter = 1;
  const draw = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // Similar seeds begin alike: these turns part them.
  for (let turn = 0; turn < 15; turn += 1) draw();
  return draw;
}
