import { rm } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { AttachError, isVacant } from "./attach-error.ts";
import { type ConnectOptions, connectToHost, type HostConnection, type Me } from "./host-connection.ts";
import { type HostEntry, readHosts } from "./host-record.ts";

const PAUSES_MS = [20, 100, 400];

/** What is known of a profile's hosts after each was knocked at. */
export type Found =
  | { readonly type: "running"; readonly connection: HostConnection }
  /** None runs here. `elsewhere` are those that may run on another computer. */
  | { readonly type: "none"; readonly elsewhere: readonly HostEntry[]; readonly gone: readonly HostEntry[] };

/** Connects to the host of a profile, if one runs. Changes nothing. Throws AttachError when one may run and cannot be spoken to. */
export async function findHost(profileDir: string, me: Me, options: ConnectOptions = {}): Promise<Found> {
  const elsewhere: HostEntry[] = [];
  const gone: HostEntry[] = [];
  for (const entry of await readHosts(profileDir, options.user)) {
    try {
      return { type: "running", connection: await knock(entry, me, options) };
    } catch (error) {
      if (!isVacant(error)) throw error;
      (error.problem === "gone" ? gone : elsewhere).push(entry);
    }
  }
  return { type: "none", elsewhere, gone };
}

/** Connects; a host that is just about to end is knocked at again until it has. */
async function knock(entry: HostEntry, me: Me, options: ConnectOptions): Promise<HostConnection> {
  for (const pause of PAUSES_MS) {
    try {
      return await connectToHost(entry, me, options);
    } catch (error) {
      if (!(error instanceof AttachError) || error.problem !== "interrupted") throw error;
      await wait(pause);
    }
  }
  return connectToHost(entry, me, options);
}

/** Removes what hosts that were killed left behind. */
export async function clearUp(gone: readonly HostEntry[]): Promise<void> {
  if (process.platform === "win32") return;
  for (const { socket } of gone) await rm(socket, { force: true });
}
