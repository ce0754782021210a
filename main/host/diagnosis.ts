import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { vaultStatusSchema } from "../../app/contract/contract.ts";
import { type HistoryStatus, historyStatusSchema } from "../../app/history/status.ts";
import type { HistoryStore, SecretVault } from "../../app/ports.ts";
import { readHistory } from "./history/read-history.ts";
import { problemDetail } from "./history/sqlite-problem.ts";
import { logPath } from "./log-file.ts";
import { readProxyEnvironment } from "./proxy-environment.ts";
import { SETTINGS_NAME } from "./settings-file.ts";
import { countTrustedCertificates } from "./trust.ts";

const placeSchema = z.object({ path: z.string(), exists: z.boolean() });
/** A place in the file system, and whether anything is there. */
export type Place = z.infer<typeof placeSchema>;

/** What `doctor` tells of the host; a running one is asked for it. Nothing in it is a secret. */
export const hostDiagnosisSchema = z.object({
  profile: placeSchema,
  settings: placeSchema,
  alerts: placeSchema,
  /** Broken files that were kept aside in the profile, by name. */
  keptAside: z.array(z.string()),
  log: placeSchema,
  /** Of the store of the host that was asked, or else as the file is found. */
  history: historyStatusSchema,
  vault: vaultStatusSchema,
  proxy: z.object({
    /** The variables that are set, in force or not. */
    variables: z.array(z.object({ name: z.string(), shown: z.string(), inForce: z.boolean() })),
    usedForHttp: z.boolean(),
    usedForHttps: z.boolean(),
  }),
  trust: z.object({
    /** How many certificate authorities come from where; null where the platform cannot say. */
    default: z.number(),
    system: z.number().nullable(),
    extra: z.number(),
    /** Path in NODE_EXTRA_CA_CERTS; null when it is not set. */
    extraFile: z.string().nullable(),
  }),
  /** "v24.21.0". */
  nodeVersion: z.string(),
  /** node:os platform id and architecture. */
  platform: z.string(),
  arch: z.string(),
});
export type HostDiagnosis = z.infer<typeof hostDiagnosisSchema>;

/** Looks at the host. Touches the keyring once, to see whether it works. */
export async function diagnoseHost(options: {
  readonly profileDir: string;
  readonly vault: Pick<SecretVault, "status">;
  /** Of a host that keeps history. */
  readonly history?: Pick<HistoryStore, "status">;
  readonly env?: Readonly<Record<string, string | undefined>>;
}): Promise<HostDiagnosis> {
  const { profileDir, env = process.env } = options;
  const proxies = readProxyEnvironment(env);
  const [vault, trust, history] = await Promise.all([
    options.vault.status(),
    countTrustedCertificates(),
    options.history?.status() ?? historyOnDisk(profileDir),
  ]);
  return {
    profile: place(profileDir),
    settings: place(join(profileDir, `${SETTINGS_NAME}.json`)),
    alerts: place(join(profileDir, "alerts.json")),
    keptAside: keptAside(profileDir),
    log: place(logPath(profileDir)),
    history,
    vault,
    proxy: { variables: [...proxies.variables], usedForHttp: proxies.http !== "", usedForHttps: proxies.https !== "" },
    trust: { ...trust, extraFile: env["NODE_EXTRA_CA_CERTS"] || null },
    nodeVersion: process.version,
    platform: process.platform,
    arch: process.arch,
  };
}

/** The history as it lies there, for who keeps none itself. */
async function historyOnDisk(profileDir: string): Promise<HistoryStatus> {
  const read = await readHistory(profileDir);
  if (!read.ok) return { kind: "off", reason: read.reason, detail: read.detail };
  try {
    return read.reader.status();
  } catch (error) {
    return { kind: "off", reason: "damaged", detail: problemDetail(error) };
  } finally {
    read.reader.close();
  }
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
