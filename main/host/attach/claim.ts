import type { ContractHost } from "../../../app/contract/host.ts";
import type { Logger } from "../../../app/ports.ts";
import { LockedError, withFileLock } from "../file-lock.ts";
import { ensurePrivateDirectory } from "../private-directory.ts";
import { AttachError } from "./attach-error.ts";
import { clearUp, findHost } from "./find-host.ts";
import type { ConnectOptions, HostConnection, Me } from "./host-connection.ts";
import { type HostEntry, readHosts, startLock, writeHosts } from "./host-record.ts";
import { type HostSocket, openHostSocket } from "./host-socket.ts";
import { newSecret } from "./proof.ts";
import { newSocketPlace } from "./socket-place.ts";

/** What became of an attempt to open a profile. */
export type Claim =
  /** Another one is its host. */
  | { readonly type: "attached"; readonly connection: HostConnection }
  /** This one is. `release` gives the profile up; nothing may be written after that. */
  | { readonly type: "host"; readonly socket: HostSocket; release(): Promise<void> }
  /** This one is, and nobody can attach to it, for a reason to tell. */
  | { readonly type: "alone"; readonly problem: string };

export interface ClaimOptions {
  readonly profileDir: string;
  readonly me: Me;
  /** What is spoken to over the socket when this one becomes the host. */
  readonly host: (faces: HostSocket["faces"]) => ContractHost;
  readonly logger: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly connect?: ConnectOptions;
}

/**
 * Opens a profile for a face that stays: attaches to the host that runs on it, or becomes it. Of several that do this at once one
 * becomes the host and the others attach to it. Throws AttachError when there is a host that cannot be spoken to.
 */
export async function claimProfile(options: ClaimOptions): Promise<Claim> {
  const { profileDir, me, logger } = options;
  // Most often the answer is clear without the lock.
  const found = await findHost(profileDir, me, options.connect);
  if (found.type === "running") return { type: "attached", connection: found.connection };
  try {
    await ensurePrivateDirectory(profileDir);
    return await withFileLock(startLock(profileDir), () => claimAlone(options));
  } catch (error) {
    if (error instanceof AttachError && error.problem !== "not-private") throw error;
    // So many start at once that this one's turn did not come: by now one of them is the host.
    const late = error instanceof LockedError ? await findHost(profileDir, me, options.connect) : found;
    if (late.type === "running") return { type: "attached", connection: late.connection };
    const problem = error instanceof AttachError ? error.message : problemOf(error);
    logger.log("warn", "host-not-attachable", { problem });
    return { type: "alone", problem };
  }
}

/** While no other face of this profile looks or starts. */
async function claimAlone(options: ClaimOptions): Promise<Claim> {
  const { profileDir, me, now } = options;
  const found = await findHost(profileDir, me, options.connect);
  if (found.type === "running") return { type: "attached", connection: found.connection };
  await clearUp(found.gone);
  const entry: HostEntry = {
    face: me.face,
    pid: me.pid,
    version: me.version,
    startedAt: now(),
    socket: await newSocketPlace(profileDir, options.env === undefined ? {} : { env: options.env }),
    secret: newSecret(),
  };
  let socket: HostSocket | null = null;
  const opened = await openHostSocket({
    host: options.host(() => socket?.faces() ?? []),
    socket: entry.socket,
    secret: entry.secret,
    version: me.version,
    logger: options.logger,
    now,
  });
  socket = opened;
  try {
    await writeHosts(profileDir, [entry, ...found.elsewhere]);
  } catch (error) {
    await opened.close();
    throw error;
  }
  return { type: "host", socket: opened, release: () => release(profileDir, entry, opened) };
}

async function release(profileDir: string, entry: HostEntry, socket: HostSocket): Promise<void> {
  try {
    // Out of the record first: those that were attached look there for the next one.
    await withFileLock(startLock(profileDir), async () => {
      const hosts = await readHosts(profileDir);
      await writeHosts(
        profileDir,
        hosts.filter((other) => other.socket !== entry.socket),
      );
    });
  } catch {
    // The profile is gone, or cannot be written any more. Nobody finds anything at the socket's place then.
  }
  await socket.close();
}

/** The operating system's word for it, which holds no path. */
function problemOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  switch (code) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "the profile's folder cannot be written";
    case "ELOCKED":
      return "another start of Plimsoll on this profile does not end";
    case "ENOSPC":
      return "the disk is full";
    default:
      return code === null ? "an unexpected error" : `the system says ${code}`;
  }
}
