import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type LedgerEntry, ledgerFileSchema } from "../../app/alerts/ledger.ts";
import type { AlertLedgerStore, Logger } from "../../app/ports.ts";
import { writeFileAtomically } from "./atomic-write.ts";
import { keepFileAside } from "./keep-aside.ts";
import { createLatestWrite } from "./latest-write.ts";

/** `alerts.json` in `directory`: which alerts have fired. A file that cannot be used is kept aside and reads as empty. */
export function createLedgerFile(directory: string, logger: Logger): AlertLedgerStore {
  const path = join(directory, "alerts.json");
  const write = createLatestWrite((entries: readonly LedgerEntry[]) =>
    writeFileAtomically(path, `${JSON.stringify({ version: 1, entries })}\n`),
  );
  return {
    async read() {
      let text: string;
      try {
        text = await readFile(path, "utf8");
      } catch (error) {
        const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
        if (code !== "ENOENT") logger.log("warn", "alert-ledger-unreadable", { code });
        return [];
      }
      const parsed = ledgerFileSchema.safeParse(parseJson(text));
      if (parsed.success) return parsed.data.entries;
      try {
        await keepFileAside(path, new Date());
        logger.log("warn", "alert-ledger-corrupt", { keptAside: true });
      } catch {
        logger.log("warn", "alert-ledger-corrupt", { keptAside: false });
      }
      return [];
    },
    write,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
