import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { writeFileAtomically } from "../atomic-write.ts";
import { recordPath } from "./may-have-host.ts";
import { checkPrivate, ownUser } from "./ownership.ts";

/** What a host says of itself in the profile. `secret` is known to whoever can read the profile's private files, and to nobody else. */
const hostEntrySchema = z.object({
  face: z.enum(["desktop", "web", "cli"]),
  pid: z.number().int().positive(),
  version: z.string().max(60),
  /** Epoch milliseconds. */
  startedAt: z.number(),
  /** Path of its socket, or name of its pipe. */
  socket: z.string().min(1).max(1024),
  /** 256 bits in base64url. */
  secret: z.string().length(43),
});
export type HostEntry = z.infer<typeof hostEntrySchema>;

/** A host without its secret. */
export type HostFacts = Omit<HostEntry, "secret" | "socket">;

/** Several, because a profile can lie in a home that several computers or containers share: each has a host of its own. */
const recordSchema = z.object({ version: z.literal(1), hosts: z.array(hostEntrySchema) });

/** Hosts of other computers, and such as ended with their computer, are forgotten beyond so many. */
const MOST_HOSTS = 8;

/** Serialises the start of hosts of a profile. */
export function startLock(profileDir: string): string {
  return join(profileDir, "host.lock");
}

/**
 * The hosts of a profile, the newest first. Empty when none ever ran, or the file is none of ours.
 * Throws AttachError "not-private" when somebody else could have written the file or read it.
 */
export async function readHosts(profileDir: string, user: number | null = ownUser()): Promise<readonly HostEntry[]> {
  const path = recordPath(profileDir);
  let text: string;
  try {
    await checkPrivate(path, "file", user);
    text = await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw error;
  }
  const parsed = recordSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data.hosts : [];
}

/** Writes the hosts of a profile, for its owner alone. Throws as `readHosts` does where the file system keeps nothing private. */
export async function writeHosts(profileDir: string, hosts: readonly HostEntry[]): Promise<void> {
  const path = recordPath(profileDir);
  if (hosts.length === 0) return rm(path, { force: true });
  await writeFileAtomically(path, `${JSON.stringify({ version: 1, hosts: hosts.slice(0, MOST_HOSTS) })}\n`);
  try {
    await checkPrivate(path, "file");
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
