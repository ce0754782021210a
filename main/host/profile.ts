import { statSync } from "node:fs";
import { resolve } from "node:path";
import envPaths from "env-paths";

/** The profile's folder cannot be used; the message says which and why. */
export class ProfileError extends Error {
  override readonly name = "ProfileError";
}

/**
 * The folder that holds settings, alerts and logs: the one asked for (`--profile`), or else the platform's place for
 * configuration (`~/.config/Plimsoll` on Linux). Nothing is made here: whoever writes first makes it, for its owner alone.
 * Throws ProfileError when something else lies at that place.
 */
export function resolveProfile(asked: string | undefined): string {
  if (asked !== undefined && asked.trim() === "") throw new ProfileError("the profile's folder has no name");
  const directory = asked === undefined ? envPaths("Plimsoll", { suffix: "" }).config : resolve(asked);
  if (isSomethingElse(directory)) throw new ProfileError(`${directory} is not a folder`);
  return directory;
}

function isSomethingElse(path: string): boolean {
  try {
    return !statSync(path).isDirectory();
  } catch (error) {
    // A file stands where a folder above it should be; anything else shows when the profile is first used.
    return error instanceof Error && "code" in error && error.code === "ENOTDIR";
  }
}
