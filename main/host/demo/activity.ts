/** Chance that is always the same for the same seed, name and index; in [0, 1). */
export function noise(seed: number, name: string, index: number): number {
  let hash = 0x811c9dc5 ^ (seed | 0);
  for (const character of `${name}#${index}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  // FNV alone leaves neighbouring indexes alike in the high bits.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

/** Chance spread over a range. */
export function between(low: number, high: number, chance: number): number {
  return low + (high - low) * chance;
}

const STEPS = 60;

/**
 * The share of a window's use that has happened when `progress` (0 to 1) of the window has passed: busy and quiet stretches,
 * never falling, 0 at its start and 1 at its end.
 */
export function shareUsed(seed: number, name: string, window: number, progress: number): number {
  const position = Math.min(1, Math.max(0, progress)) * STEPS;
  let before = 0;
  let total = 0;
  for (let step = 0; step < STEPS; step++) {
    const weight = 0.15 + 2 * noise(seed, name, window * STEPS + step) ** 2;
    before += weight * Math.min(1, Math.max(0, position - step));
    total += weight;
  }
  return before / total;
}
