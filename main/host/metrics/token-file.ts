import { randomBytes } from "node:crypto";
import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../atomic-write.ts";

/** The file in a profile that holds the token of the Prometheus endpoint. */
export function metricsTokenPath(profileDir: string): string {
  return join(profileDir, "metrics-token");
}

/** The token, made at first need and kept, so that a collector can be told once. Its file is its owner's alone. Throws the file system's error. */
export async function ensureMetricsToken(profileDir: string): Promise<string> {
  const path = metricsTokenPath(profileDir);
  const kept = await readFile(path, "utf8").then(
    (text) => text.trim(),
    () => "",
  );
  if (/^[A-Za-z0-9_-]{32,}$/.test(kept)) {
    // A copy from another computer may have lost its mode.
    if (process.platform !== "win32") await chmod(path, 0o600);
    return kept;
  }
  const token = randomBytes(32).toString("base64url");
  await writeFileAtomically(path, `${token}\n`);
  return token;
}
