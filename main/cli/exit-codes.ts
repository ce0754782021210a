/** What the command's exit status says. */
export const EXIT = {
  fine: 0,
  /** The command itself could not do its work (keyring missing, settings read-only …). */
  failed: 1,
  wrongUsage: 2,
  /** Something is at or below its line. Wins over `sourceFailed`: it is certain, whatever the others say. */
  low: 3,
  /** Some source gave no figures. */
  sourceFailed: 4,
} as const;
