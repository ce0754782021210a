import { join } from "node:path";
import { EMPTY_LEDGER, ledgerFile, parseLedgerFile } from "../../app/alerts/ledger.ts";
import type { AlertLedgerStore, Logger } from "../../app/ports.ts";
import { createKeptJsonFile } from "./kept-json-file.ts";

/** `alerts.json` in `directory`: which alerts have fired and what is snoozed. */
export function createLedgerFile(directory: string, logger: Logger): AlertLedgerStore {
  return createKeptJsonFile({
    path: join(directory, "alerts.json"),
    name: "alert-ledger",
    logger,
    empty: EMPTY_LEDGER,
    parse: parseLedgerFile,
    toJson: ledgerFile,
  });
}
