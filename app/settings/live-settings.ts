import { CallFailure } from "../contract/host.ts";
import type { Logger, SettingsFileRead, SettingsStore } from "../ports.ts";
import { parseSettings, serializeSettings } from "./parse.ts";
import type { SettingsProblem } from "./problem.ts";
import type { Settings } from "./schema.ts";

/** The settings in force, and the only way to change them. */
export interface LiveSettings {
  current(): Settings;
  readonly problems: readonly SettingsProblem[];
  readonly readOnly: boolean;
  /**
   * Applies a change and resolves once it is on disk; changes are written in order.
   * Throws CallFailure "settings-read-only", or "settings-not-saved" when the disk refuses: the old settings then stay.
   */
  change(edit: (settings: Settings) => Settings): Promise<void>;
}

/** Reads the settings; a file that is no settings file is kept aside first, so that nothing of it is lost. */
export async function openSettings(store: SettingsStore, logger: Logger): Promise<LiveSettings> {
  const file = store.read();
  const parsed = parseSettings(file);
  let settings = parsed.settings;
  let problems = parsed.problems;
  let readOnly = parsed.readOnly;
  // Of the same look at the file as the settings: what another process writes from then on is not known yet.
  let knownText = textOf(file);
  if (parsed.keepAside) {
    try {
      const keptAt = await store.keepAside();
      knownText = null;
      problems = [{ type: "corrupt", keptAt }];
    } catch {
      // It could be neither used nor moved: leave it exactly as it is.
      readOnly = true;
      problems = [{ type: "unreadable", detail: "not a settings file, and it could not be moved aside" }];
    }
  }
  const unwritable = readOnly ? null : store.writeProblem();
  if (unwritable !== null) {
    readOnly = true;
    problems = [...problems, { type: "unwritable", detail: unwritable }];
  }
  for (const problem of problems) logger.log("warn", "settings-problem", { type: problem.type });

  /**
   * Another host or command may have written meanwhile: what it wrote is what a change is made to, so that nothing of it is
   * lost. A file that this version could not write is left alone.
   */
  const takeUpOthersChanges = (): void => {
    const file = store.read();
    const text = textOf(file);
    if (text === null || text === knownText) return;
    const others = parseSettings(file);
    if (others.keepAside || others.readOnly)
      throw new CallFailure("settings-not-saved", "the file was changed meanwhile");
    settings = others.settings;
    knownText = text;
    logger.log("info", "settings-changed-outside");
  };

  const rewrite = async (edit: (settings: Settings) => Settings): Promise<void> => {
    takeUpOthersChanges();
    const next = edit(settings);
    if (next === settings) return;
    await store.write(serializeSettings(next));
    settings = next;
    knownText = textOf(store.read());
  };

  let queue: Promise<void> = Promise.resolve();
  return {
    current: () => settings,
    problems,
    readOnly,
    change(edit) {
      const write = queue.then(async () => {
        if (readOnly) throw new CallFailure("settings-read-only");
        try {
          // Reading, changing and writing belong together: two commands at once would each write without the other's change.
          await store.exclusively(() => rewrite(edit));
        } catch (error) {
          if (error instanceof CallFailure) throw error;
          logger.log("error", "settings-not-saved", { reason: errorCode(error) });
          throw new CallFailure("settings-not-saved", errorCode(error));
        }
      });
      queue = write.catch(() => undefined);
      return write;
    },
  };
}

function textOf(file: SettingsFileRead): string | null {
  return file.kind === "text" ? file.text : null;
}

/** The operating system's error code ("ENOSPC"), which holds no path and no content. */
function errorCode(error: unknown): string {
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string") {
    return error.code;
  }
  return "unknown";
}
