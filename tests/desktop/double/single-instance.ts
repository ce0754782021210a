import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CHECK_MS = 50;

/**
 * One instance per userData folder, across processes: a file that names the holder, and one in which others leave word.
 * Returns whether this process holds it now; then `onSecond` hears of every later one.
 */
export function takeSingleInstanceLock(folder: string, onSecond: (argv: string[]) => void): boolean {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, "SingletonLock");
  const word = join(folder, "SingletonWord");
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
  } catch {
    if (isRunning(Number(readFileSync(lock, "utf8")))) {
      writeFileSync(word, JSON.stringify(process.argv));
      return false;
    }
    writeFileSync(lock, String(process.pid));
  }
  process.on("exit", () => rmSync(lock, { force: true }));
  setInterval(() => {
    if (!existsSync(word)) return;
    const argv: string[] = JSON.parse(readFileSync(word, "utf8"));
    rmSync(word);
    onSecond(argv);
  }, CHECK_MS).unref();
  return true;
}

function isRunning(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}
