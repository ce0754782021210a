import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ensurePrivateDirectory } from "./private-directory.ts";

/** Nothing that is done under a lock takes as long: an older one was left behind by a process that ended, or hangs. */
const LONGEST_HOLD_MS = 10_000;
const PATIENCE_MS = 15_000;
const PAUSE_MS = 15;

/** Another process held the lock for longer than anybody waits. */
export class LockedError extends Error {
  override readonly name = "LockedError";
  readonly code = "ELOCKED";
}

/**
 * Runs `work` while this process alone holds the lock file, which names its owner's process. Waits for a living owner and takes over
 * from one that is gone. Throws the file system's error where the lock cannot be made, and LockedError after 15 s.
 */
export async function withFileLock<T>(lockFile: string, work: () => Promise<T>): Promise<T> {
  await ensurePrivateDirectory(dirname(lockFile));
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (!(await tryTake(lockFile))) {
    if (performance.now() > giveUpAt) throw new LockedError("the lock is held by another process");
    if (!(await clearIfDead(lockFile))) await wait(PAUSE_MS);
  }
  try {
    return await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

async function tryTake(lockFile: string): Promise<boolean> {
  try {
    await writeFile(lockFile, String(process.pid), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Removes a lock whose owner is gone. True: it is worth trying again at once. */
async function clearIfDead(lockFile: string): Promise<boolean> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(lockFile, "utf8"), stat(lockFile)]);
    const pid = Number.parseInt(text, 10);
    // Between making the file and writing into it there is a moment without a number.
    const alive = Date.now() - mtimeMs < LONGEST_HOLD_MS && (Number.isNaN(pid) || isAlive(pid));
    if (alive) return false;
    // Moved aside first: should another process have taken it over meanwhile, it is that one's, and is put back.
    const aside = `${lockFile}.${process.pid}`;
    await rename(lockFile, aside);
    if ((await readFile(aside, "utf8")) === text) await rm(aside);
    else await rename(aside, lockFile);
    return true;
  } catch (error) {
    // Its owner let go, or somebody else cleared it first.
    if (codeOf(error) === "ENOENT") return true;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
