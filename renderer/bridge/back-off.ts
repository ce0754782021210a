const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * Milliseconds before the next try to reach the host: doubling from half a second to 15 s, between half and all of it
 * so that several tabs do not knock at once. `chance` is in [0, 1).
 */
export function reconnectDelay(attempt: number, chance: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * chance);
}
