import { lstat } from "node:fs/promises";
import { AttachError } from "./attach-error.ts";

/** Permissions of anybody but the owner. */
const OTHERS = 0o077;

export type Kind = "folder" | "file" | "socket";

/** The numeric id of the user that this process runs as; null where files have no such owner (Windows). */
export function ownUser(): number | null {
  return process.getuid?.() ?? null;
}

/**
 * Makes sure that something in the file system is of the kind expected, belongs to `user`, and is open to nobody else. A symbolic
 * link is none of the kinds. Where there are no such owners and permissions only the kind is looked at.
 * Throws AttachError "not-private", and the file system's error (ENOENT …) where it cannot be looked at.
 */
export async function checkPrivate(path: string, kind: Kind, user: number | null = ownUser()): Promise<void> {
  const found = await lstat(path);
  const isKind = kind === "folder" ? found.isDirectory() : kind === "file" ? found.isFile() : found.isSocket();
  if (!isKind) throw notPrivate(path, `is no ${kind}`);
  if (user === null) return;
  if (found.uid !== user) throw notPrivate(path, "belongs to another user");
  if ((found.mode & OTHERS) !== 0) {
    throw notPrivate(path, `is open to other users (mode ${(found.mode & 0o777).toString(8)})`);
  }
}

function notPrivate(path: string, what: string): AttachError {
  return new AttachError("not-private", `${path} ${what}, so the host behind it is not trusted`);
}
