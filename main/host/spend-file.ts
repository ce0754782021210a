import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EMPTY_BOOK, type SpendBook, spendFileSchema } from "../../app/budgets/spend-book.ts";
import type { Logger, SpendStore } from "../../app/ports.ts";
import { writeFileAtomically } from "./atomic-write.ts";
import { keepFileAside } from "./keep-aside.ts";
import { createLatestWrite } from "./latest-write.ts";

/** `spend.json` in `directory`: what was spent, for budgets. A file that cannot be used is kept aside and reads as empty. */
export function createSpendFile(directory: string, logger: Logger): SpendStore {
  const path = join(directory, "spend.json");
  const write = createLatestWrite((book: SpendBook) =>
    writeFileAtomically(path, `${JSON.stringify({ version: 1, ...book })}\n`),
  );
  return {
    async read() {
      let text: string;
      try {
        text = await readFile(path, "utf8");
      } catch (error) {
        const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
        if (code !== "ENOENT") logger.log("warn", "spend-unreadable", { code });
        return EMPTY_BOOK;
      }
      const parsed = spendFileSchema.safeParse(parseJson(text));
      if (parsed.success) return { sources: parsed.data.sources };
      try {
        await keepFileAside(path, new Date());
        logger.log("warn", "spend-corrupt", { keptAside: true });
      } catch {
        logger.log("warn", "spend-corrupt", { keptAside: false });
      }
      return EMPTY_BOOK;
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
