/** Remembers the last result for the last argument. */
export function memo<A, R>(compute: (argument: A) => R): (argument: A) => R {
  let last: { argument: A; result: R } | null = null;
  return (argument) => {
    if (last === null || last.argument !== argument) last = { argument, result: compute(argument) };
    return last.result;
  };
}

/** Returns the list it returned before when the new one holds the same items in the same order. */
export function keepIdentity<T>(): (list: readonly T[]) => T[] {
  let last: T[] = [];
  return (list) => {
    if (list.length !== last.length || list.some((item, index) => item !== last[index])) last = [...list];
    return last;
  };
}
