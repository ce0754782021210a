import { randomUUID } from "node:crypto";
import { type FileHandle, open, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ensurePrivateDirectory } from "./private-directory.ts";

/**
 * Replaces a file as a whole: readers, and a crash at any moment, find the old content or the new one. It is on the disk
 * when this resolves. The file is its owner's alone. Throws the file system's error and leaves no debris.
 */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  const directory = dirname(path);
  await ensurePrivateDirectory(directory);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, "wx", 0o600);
    await writeAndSync(file, text);
    await renameOver(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncDirectory(directory);
}

async function writeAndSync(file: FileHandle, text: string): Promise<void> {
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** On Windows a virus scanner or an indexer may hold the file for a moment. */
async function renameOver(from: string, to: string): Promise<void> {
  for (const pause of [20, 100, 500]) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (process.platform !== "win32") throw error;
      await wait(pause);
    }
  }
  return rename(from, to);
}

/** Makes the new name durable, too. Windows cannot open folders, and some network file systems refuse: then it is not. */
async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory, "r");
    await handle.sync().finally(() => handle.close());
  } catch {}
}
