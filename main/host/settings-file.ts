import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SettingsFileRead, SettingsStore } from "../../app/ports.ts";
import { withFileLock } from "./file-lock.ts";
import { keepFileAside } from "./keep-aside.ts";
import { createLatestWrite } from "./latest-write.ts";
import { ensurePrivateDirectory } from "./private-directory.ts";

export const SETTINGS_NAME = "settings";

/** The part of `conf` and of `electron-store` that is used: `store` reads and replaces the content as a whole. */
export interface ConfLike {
  store: Record<string, unknown>;
}

/**
 * Options of the file, the same for `conf` (which calls the name `configName`) and `electron-store` (`name`).
 * Without dot notation a key such as "a.b" stays one key.
 */
export const SETTINGS_FILE_OPTIONS = {
  fileExtension: "json",
  configFileMode: 0o600,
  accessPropertiesByDotNotation: false,
} as const;

/** More than this is no settings file, and not read into memory. */
const MAX_SETTINGS_BYTES = 16 * 1024 * 1024;

/** What conf keeps for itself; it refuses to have it written. */
const CONF_INTERNAL_KEY = "__internal__";

/**
 * `settings.json` in `directory`. Reading is a plain look at the file; writing goes through a store that writes atomically,
 * opened when first needed. Writes follow one another in order, and a file that somebody broke meanwhile is kept aside first.
 */
export function createSettingsFile(options: {
  readonly directory: string;
  readonly openStore: () => Promise<ConfLike>;
}): SettingsStore {
  const path = join(options.directory, `${SETTINGS_NAME}.json`);
  let store: ConfLike | null = null;

  const keepAside = (): Promise<string> => keepFileAside(path, new Date());

  const write = createLatestWrite(async (value: Readonly<Record<string, unknown>>) => {
    await ensurePrivateDirectory(options.directory);
    // The store reads the file before it writes it and would refuse a broken one for good.
    const present = readSettings(path);
    if (present.kind === "text" && !isJsonObject(present.text)) await keepAside();
    store ??= await options.openStore();
    store.store = plain(value);
  });

  return {
    path,
    read: () => readSettings(path),
    writeProblem: () => writeProblem(options.directory, path),
    write,
    exclusively: (work) => withFileLock(join(options.directory, `${SETTINGS_NAME}.lock`), work),
    keepAside,
  };
}

/** The file is replaced as a whole, so it is the folder that has to be writable, or the nearest one above it that exists. */
function writeProblem(directory: string, path: string): string | null {
  try {
    accessSync(existsSync(directory) ? directory : nearestFolder(directory), constants.W_OK | constants.X_OK);
    return null;
  } catch {
    return `no permission to write ${path}`;
  }
}

function nearestFolder(directory: string): string {
  const above = dirname(directory);
  return above === directory || existsSync(above) ? above : nearestFolder(above);
}

/** Opens the store for the web and CLI hosts. `conf` brings a JSON schema validator along, so it is loaded only here. */
export function openConf(directory: string): () => Promise<ConfLike> {
  return async () => {
    const { default: Conf } = await import("conf");
    return new Conf<Record<string, unknown>>({
      cwd: directory,
      configName: SETTINGS_NAME,
      ...SETTINGS_FILE_OPTIONS,
    });
  };
}

function readSettings(path: string): SettingsFileRead {
  try {
    if (statSync(path).size > MAX_SETTINGS_BYTES) return { kind: "unreadable", detail: "the file is too large" };
    return { kind: "text", text: readFileSync(path, "utf8") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return { kind: "absent" };
    return { kind: "unreadable", detail: readProblem(code) };
  }
}

function readProblem(code: unknown): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return "no permission to read the file";
    case "EISDIR":
      return "it is a folder, not a file";
    case "ENOTDIR":
      return "its folder is a file";
    default:
      return typeof code === "string" ? `the file system says ${code}` : "the file cannot be read";
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** The value as JSON has it, without what conf would refuse. */
function plain(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { [CONF_INTERNAL_KEY]: _internal, ...rest } = value;
  return JSON.parse(JSON.stringify(rest));
}
