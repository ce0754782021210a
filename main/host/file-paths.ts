import { realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { posix, win32 } from "node:path";

export interface PathSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's own by default. */
  readonly home?: string;
  /** The one that this runs on by default. */
  readonly platform?: NodeJS.Platform;
}

/** What a path of a reference stands for, or in one clause why it stands for nothing here. */
export type ExpandedPath =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly problem: "variable-not-set" | "not-absolute" };

/**
 * "~/x", "$NAME/x", "%NAME%\x" and absolute paths as the path they stand for. A relative one would depend on where Plimsoll was
 * started, and one of another computer ("\\host\x") would tell that computer who is asking: both stand for nothing.
 */
export function expandPath(path: string, surroundings: PathSurroundings): ExpandedPath {
  const { env, home = homedir(), platform = process.platform } = surroundings;
  const { join, normalize, isAbsolute } = platform === "win32" ? win32 : posix;
  const absolute = (expanded: string): ExpandedPath =>
    isAbsolute(expanded) && !(platform === "win32" && /^[\\/]{2}/.test(expanded))
      ? { ok: true, path: normalize(expanded) }
      : { ok: false, problem: "not-absolute" };
  if (/^~([\\/]|$)/.test(path)) return absolute(join(home, separated(path.slice(1), platform)));
  const variable = /^(?:\$([A-Za-z_][A-Za-z0-9_]*)|%([A-Za-z_][A-Za-z0-9_()]*)%)([\\/].*)$/s.exec(path);
  if (variable === null) return absolute(path);
  const value = env[variable[1] ?? variable[2] ?? ""] ?? "";
  if (value === "") return { ok: false, problem: "variable-not-set" };
  return absolute(join(value, separated(variable[3] ?? "", platform)));
}

/**
 * The file itself, through every link; where there is none, the path as it stands. A file that has several names (hard links) is
 * told by its number, which is the same for each of them. Null where the path stands for nothing.
 */
export async function locateFile(path: string, surroundings: PathSurroundings): Promise<string | null> {
  const expanded = expandPath(path, surroundings);
  if (!expanded.ok) return null;
  try {
    const { dev, ino, nlink } = await stat(expanded.path, { bigint: true });
    if (nlink > 1n && ino !== 0n) return `file ${dev}:${ino}`;
    return await realpath(expanded.path);
  } catch {
    return expanded.path;
  }
}

/** What stands behind a home or a variable is written with either separator; only on Windows are both one. */
function separated(rest: string, platform: NodeJS.Platform): string {
  return platform === "win32" ? rest : rest.replace(/^\\/, "/").replaceAll("\\", "/");
}
