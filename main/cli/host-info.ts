import type { HostInfo } from "../../app/contract/contract.ts";
import packageJson from "../../package.json" with { type: "json" };

/** What this host tells of itself. */
export function hostInfo(face: HostInfo["face"], settingsPath: string): HostInfo {
  return { face, version: packageJson.version, platform: process.platform, settingsPath };
}
