// A lock file that holds the owner's process id, so that two commands started together do not both install or build.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const LONGEST_HOLD_MS = 20 * 60_000;
/** Between creating a lock and writing the pid into it, the file is empty for a moment. */
const EMPTY_GRACE_MS = 5_000;

/**
 * Runs `work` while this process alone holds `lockFile`; waits for a living owner, takes over from a dead one.
 * @template T
 * @param {string} lockFile
 * @param {(owner: number) => void} onWait called once when another process has to be waited for
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function oneAtATime(lockFile, onWait, work) {
  mkdirSync(dirname(lockFile), { recursive: true });
  let waited = false;
  while (!tryTake(lockFile)) {
    const owner = readOwner(lockFile);
    if (owner === null) continue;
    if (!owner.alive) {
      clearDead(lockFile, owner.text);
      continue;
    }
    if (!waited) onWait(owner.pid);
    waited = true;
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

/** @param {string} lockFile */
function tryTake(lockFile) {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** @param {string} lockFile */
function readOwner(lockFile) {
  try {
    const text = readFileSync(lockFile, "utf8");
    const age = Date.now() - statSync(lockFile).mtimeMs;
    const pid = Number.parseInt(text, 10);
    if (Number.isNaN(pid)) return { text, pid: 0, alive: age < EMPTY_GRACE_MS };
    return { text, pid, alive: age < LONGEST_HOLD_MS && isAlive(pid) };
  } catch {
    return null;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Moves the dead owner's lock aside before deleting it: should another process have taken it over meanwhile, what was
 * moved is that one's, and it is put back.
 * @param {string} lockFile
 * @param {string} deadText
 */
function clearDead(lockFile, deadText) {
  const aside = `${lockFile}.${process.pid}`;
  try {
    renameSync(lockFile, aside);
    if (readFileSync(aside, "utf8") === deadText) rmSync(aside);
    else renameSync(aside, lockFile);
  } catch {
    // Somebody else cleared it first; the caller looks again.
  }
}
