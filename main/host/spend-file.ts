import { join } from "node:path";
import { EMPTY_BOOK, spendFileSchema } from "../../app/budgets/spend-book.ts";
import type { Logger, SpendStore } from "../../app/ports.ts";
import { createKeptJsonFile } from "./kept-json-file.ts";

/** `spend.json` in `directory`: what was spent, for budgets. */
export function createSpendFile(directory: string, logger: Logger): SpendStore {
  return createKeptJsonFile({
    path: join(directory, "spend.json"),
    name: "spend",
    logger,
    empty: EMPTY_BOOK,
    parse(content) {
      const parsed = spendFileSchema.safeParse(content);
      return parsed.success ? { sources: parsed.data.sources } : null;
    },
    toJson: (book) => ({ version: 1, ...book }),
  });
}
