import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { SecretVault, VaultStatus } from "../../app/ports.ts";
import { logPath } from "./log-file.ts";
import { type ProxyVariable, readProxyEnvironment } from "./proxy-environment.ts";
import { SETTINGS_NAME } from "./settings-file.ts";
import { countTrustedCertificates, type TrustCounts } from "./trust.ts";

/** A place in the file system, and whether anything is there. */
export interface Place {
  readonly path: string;
  readonly exists: boolean;
}

/** What `doctor` tells of the host. Nothing in it is a secret. */
export interface HostDiagnosis {
  readonly profile: Place;
  readonly settings: Place;
  readonly alerts: Place;
  /** Broken files that were kept aside in the profile, by name. */
  readonly keptAside: readonly string[];
  readonly log: Place;
  readonly vault: VaultStatus;
  readonly proxy: {
    /** The variables that are set, in force or not. */
    readonly variables: readonly ProxyVariable[];
    readonly usedForHttp: boolean;
    readonly usedForHttps: boolean;
  };
  readonly trust: TrustCounts & {
    /** Path in NODE_EXTRA_CA_CERTS; null when it is not set. */
    readonly extraFile: string | null;
  };
  /** "v24.21.0". */
  readonly nodeVersion: string;
  /** node:os platform id and architecture. */
  readonly platform: NodeJS.Platform;
  readonly arch: string;
}

/** Looks at the host. Touches the keyring once, to see whether it works. */
export async function diagnoseHost(options: {
  readonly profileDir: string;
  readonly vault: Pick<SecretVault, "status">;
  readonly env?: Readonly<Record<string, string | undefined>>;
}): Promise<HostDiagnosis> {
  const { profileDir, env = process.env } = options;
  const proxies = readProxyEnvironment(env);
  const [vault, trust] = await Promise.all([options.vault.status(), countTrustedCertificates()]);
  return {
    profile: place(profileDir),
    settings: place(join(profileDir, `${SETTINGS_NAME}.json`)),
    alerts: place(join(profileDir, "alerts.json")),
    keptAside: keptAside(profileDir),
    log: place(logPath(profileDir)),
    vault,
    proxy: { variables: proxies.variables, usedForHttp: proxies.http !== "", usedForHttps: proxies.https !== "" },
    trust: { ...trust, extraFile: env["NODE_EXTRA_CA_CERTS"] || null },
    nodeVersion: process.version,
    platform: process.platform,
    arch: process.arch,
  };
}

function place(path: string): Place {
  return { path, exists: existsSync(path) };
}

function keptAside(profileDir: string): string[] {
  try {
    return readdirSync(profileDir).filter((name) => name.includes(".corrupt-"));
  } catch {
    // No profile yet, or one that cannot be listed: then nothing was kept there that could be named.
    return [];
  }
}
