import { mkdir } from "node:fs/promises";

/** Makes a folder, and what is missing above it, that only its owner can open. One that is there stays as it is. */
export async function ensurePrivateDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
}
