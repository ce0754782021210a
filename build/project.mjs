// Where things are, and how the build commands speak. Stdout belongs to the command that was asked for.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @param {string[]} parts */
export const inProject = (...parts) => join(root, ...parts);

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** A failure whose message is all that its reader needs: shown without a stack. */
export class Explained extends Error {}

/** @param {number} sinceMs as `performance.now()` gave it */
export const seconds = (sinceMs) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;

/**
 * Runs a command's main function; an Explained failure is printed as its message, anything else with its stack.
 * @param {() => Promise<number | void>} main resolves to the exit code
 */
export async function runCommand(main) {
  try {
    const code = await main();
    if (typeof code === "number") process.exitCode = code;
  } catch (error) {
    say(
      error instanceof Explained ? error.message : error instanceof Error ? (error.stack ?? error.message) : `${error}`,
    );
    process.exitCode = 1;
  }
}
