import { readFile } from "node:fs/promises";
import type { Logger } from "../../app/ports.ts";
import { writeFileAtomically } from "./atomic-write.ts";
import { keepFileAside } from "./keep-aside.ts";
import { createLatestWrite } from "./latest-write.ts";

export interface KeptJsonFile<T> {
  /** What the file holds. One that is missing or cannot be used reads as empty; a broken one is kept aside. Never rejects. */
  read(): Promise<T>;
  /** Replaces it as a whole; durable when it resolves. Of several that wait, only the newest is written. */
  write(value: T): Promise<void>;
}

/** A JSON file of the app's own, which people do not edit. `name` stands for it in the log ("<name>-unreadable", "<name>-corrupt"). */
export function createKeptJsonFile<T>(options: {
  readonly path: string;
  readonly name: string;
  readonly logger: Logger;
  readonly empty: T;
  /** Null where the content cannot be used. Gets undefined for what is no JSON. */
  readonly parse: (content: unknown) => T | null;
  readonly toJson: (value: T) => Readonly<Record<string, unknown>>;
}): KeptJsonFile<T> {
  const { path, name, logger, empty, parse, toJson } = options;
  return {
    async read() {
      let text: string;
      try {
        text = await readFile(path, "utf8");
      } catch (error) {
        const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
        if (code !== "ENOENT") logger.log("warn", `${name}-unreadable`, { code });
        return empty;
      }
      const value = parse(parseJson(text));
      if (value !== null) return value;
      const keptAside = await keepFileAside(path, new Date()).then(
        () => true,
        () => false,
      );
      logger.log("warn", `${name}-corrupt`, { keptAside });
      return empty;
    },
    write: createLatestWrite((value: T) => writeFileAtomically(path, `${JSON.stringify(toJson(value))}\n`)),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
