import { resolve } from "node:path";

export interface LaunchOptions {
  /** Folder for settings, history and keys instead of the usual one; absolute. */
  readonly profile: string | null;
  readonly demo: "auto" | "only";
  /** Started by the system at login: stay in the tray. */
  readonly hidden: boolean;
}

/**
 * Reads our own switches. From `argv` itself and not through `app.commandLine`, which lower-cases them since Electron 36.
 * Switches of Chromium and of the system are left alone.
 */
export function launchOptions(argv: readonly string[], cwd: string): LaunchOptions {
  let profile: string | null = null;
  let demo: LaunchOptions["demo"] = "auto";
  let hidden = false;
  for (let at = 0; at < argv.length; at += 1) {
    const argument = argv[at];
    if (argument === "--demo") demo = "only";
    if (argument === "--hidden") hidden = true;
    if (argument?.startsWith("--profile=")) profile = folder(argument.slice("--profile=".length), cwd);
    const next = argv[at + 1];
    if (argument === "--profile" && next !== undefined && !next.startsWith("-")) {
      profile = folder(next, cwd);
      at += 1;
    }
  }
  return { profile, demo, hidden };
}

function folder(path: string, cwd: string): string | null {
  return path === "" ? null : resolve(cwd, path);
}
