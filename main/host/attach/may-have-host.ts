import { existsSync } from "node:fs";
import { join } from "node:path";

/** What hosts say of themselves in their profile. */
export function recordPath(profileDir: string): string {
  return join(profileDir, "host.json");
}

/** Whether a host may run on this profile: a quick look, for commands that mostly find none, and load nothing more then. */
export function mayHaveHost(profileDir: string): boolean {
  return existsSync(recordPath(profileDir));
}
