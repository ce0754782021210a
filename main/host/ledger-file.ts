import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type AlertLedger, EMPTY_LEDGER, ledgerFile, parseLedgerFile } from "../../app/alerts/ledger.ts";
import type { AlertLedgerStore, Logger } from "../../app/ports.ts";
import { writeFileAtomically } from "./atomic-write.ts";
import { keepFileAside } from "./keep-aside.ts";
import { createLatestWrite } from "./latest-write.ts";

/** `alerts.json` in `directory`: which alerts have fired and what is snoozed. A file that cannot be used is kept aside and reads as empty. */
export function createLedgerFile(directory: string, logger: Logger): AlertLedgerStore {
  const path = join(directory, "alerts.json");
  const write = createLatestWrite((ledger: AlertLedger) =>
    writeFileAtomically(path, `${JSON.stringify(ledgerFile(ledger))}\n`),
  );
  return {
    async read() {
      let text: string;
      try {
        text = await readFile(path, "utf8");
      } catch (error) {
        const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
        if (code !== "ENOENT") logger.log("warn", "alert-ledger-unreadable", { code });
        return EMPTY_LEDGER;
      }
      const ledger = parseLedgerFile(parseJson(text));
      if (ledger !== null) return ledger;
      try {
        await keepFileAside(path, new Date());
        logger.log("warn", "alert-ledger-corrupt", { keptAside: true });
      } catch {
        logger.log("warn", "alert-ledger-corrupt", { keptAside: false });
      }
      return EMPTY_LEDGER;
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
