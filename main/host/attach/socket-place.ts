import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPrivate, ownUser } from "./ownership.ts";

/** `sun_path` has 108 bytes on Linux and 104 on macOS, with the zero at its end. */
const LONGEST_SOCKET_PATH = 103;

export interface PlaceOptions {
  readonly platform?: NodeJS.Platform;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly user?: number | null;
  /** The system's folder for temporary files. */
  readonly temporary?: string;
}

/**
 * A new place at which a host of this profile can listen: a Unix socket in a folder that only its owner can open, or a named pipe.
 * The name tells the profile (by a hash) and is used once, so that nothing left behind by an earlier host is in the way, and a home
 * that several computers share gives each a place of its own. Throws the last problem where there is no such folder.
 */
export async function newSocketPlace(profileDir: string, options: PlaceOptions = {}): Promise<string> {
  const { platform = process.platform } = options;
  const name = `${await profileMark(profileDir)}-${randomBytes(6).toString("hex")}`;
  if (platform === "win32") return `\\\\.\\pipe\\plimsoll-${name}`;
  let problem: unknown = new Error("there is no folder for a socket");
  for (const folder of candidates(options)) {
    const path = join(folder, `${name}.sock`);
    if (Buffer.byteLength(path) > LONGEST_SOCKET_PATH) continue;
    try {
      await mkdir(folder, { mode: 0o700 }).catch(ignoreExisting);
      await checkPrivate(folder, "folder", options.user);
      return path;
    } catch (error) {
      problem = error;
    }
  }
  // Somebody else took the name of our folder: one with a name that nobody can take beforehand.
  const own = await mkdtemp(join(shortTemporary(options), "plimsoll-"));
  const path = join(own, `${name}.sock`);
  if (Buffer.byteLength(path) > LONGEST_SOCKET_PATH) throw problem;
  return path;
}

/** Equal for two ways to one folder; tells nothing of its name. */
async function profileMark(profileDir: string): Promise<string> {
  return createHash("sha256")
    .update(await realpath(profileDir))
    .digest("hex")
    .slice(0, 16);
}

function candidates(options: PlaceOptions): string[] {
  const { platform = process.platform, env = process.env, user = ownUser() } = options;
  const runtime = env["XDG_RUNTIME_DIR"];
  const folders: string[] = [];
  if (runtime?.startsWith("/") === true) folders.push(join(runtime, "plimsoll"));
  // Started by cron or over a bare ssh there is no variable, but the folder is the same.
  else if (platform === "linux" && existsSync(`/run/user/${user}`)) folders.push(`/run/user/${user}/plimsoll`);
  folders.push(join(shortTemporary(options), `plimsoll-${user}`));
  return folders;
}

/** A TMPDIR deep down leaves no room for a socket's name. */
function shortTemporary({ temporary = tmpdir() }: PlaceOptions): string {
  return Buffer.byteLength(temporary) > 50 ? "/tmp" : temporary;
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
