import { open, rename, unlink } from "node:fs/promises";
import { extname } from "node:path";

/**
 * Renames a file that cannot be used to `<name>.corrupt-<UTC time><ext>` beside it and returns the new path.
 * Never overwrites: what was kept before stays. Throws the file system's error.
 */
export async function keepFileAside(path: string, now: Date): Promise<string> {
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
  for (let copy = 1; ; copy += 1) {
    const kept = `${stem}.corrupt-${time}${copy === 1 ? "" : `-${copy}`}${extension}`;
    try {
      // Taking the name first makes the rename one that can only replace our own empty file.
      await (await open(kept, "wx", 0o600)).close();
    } catch (error) {
      if (isCode(error, "EEXIST")) continue;
      throw error;
    }
    try {
      await rename(path, kept);
      return kept;
    } catch (error) {
      await unlink(kept);
      throw error;
    }
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
