import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type KeptWait, waitsFileSchema } from "../../app/polling/kept-waits.ts";
import type { Logger, WaitStore } from "../../app/ports.ts";
import { writeFileAtomically } from "./atomic-write.ts";
import { createLatestWrite } from "./latest-write.ts";

/**
 * `waits.json` in `directory`: until when services asked not to be called. One that cannot be used reads as empty and is written anew: what
 * is lost with it is told again by the next answer.
 */
export function createWaitsFile(directory: string, logger: Logger): WaitStore {
  const path = join(directory, "waits.json");
  return {
    async read() {
      try {
        const parsed = waitsFileSchema.safeParse(JSON.parse(await readFile(path, "utf8")));
        if (parsed.success) return parsed.data.waits;
        logger.log("warn", "waits-unusable");
      } catch (error) {
        const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
        if (code !== "ENOENT") logger.log("warn", "waits-unreadable", { code });
      }
      return [];
    },
    write: createLatestWrite((waits: readonly KeptWait[]) =>
      writeFileAtomically(path, `${JSON.stringify({ version: 1, waits })}\n`),
    ),
  };
}
