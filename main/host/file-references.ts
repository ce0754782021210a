import { type FileHandle, open } from "node:fs/promises";
import { homedir } from "node:os";
import { join, normalize } from "node:path";
import type { FileReference, SecretLookup } from "../../app/ports.ts";
import type { MissingKey } from "../../app/quota/failure.ts";
import { resolvePointer } from "../../app/settings/json-pointer.ts";
import { epochMillis, epochSeconds, isoTime } from "../../app/sources/times.ts";
import type { Redactor } from "./redactor.ts";

/** Larger files are no key files. */
const MAX_BYTES = 1024 * 1024;

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Looks a secret up in a JSON file that another tool keeps: read anew at each call, never written, its token never renewed.
 * Every outcome names the file, none what is in it.
 */
export async function resolveFileReference(
  reference: FileReference,
  now: number,
  { env, redactor, home = homedir() }: { env: Env; redactor: Pick<Redactor, "learn">; home?: string },
): Promise<SecretLookup> {
  const missing = (reason: MissingKey, detail = reference.path): SecretLookup => ({ found: false, reason, detail });
  const path = expandPath(reference.path, env, home);
  if (path === null) return missing("file-not-found", `${reference.path}: the variable in it is not set`);
  const read = await readSmallFile(path);
  if (!read.ok) return missing(read.reason);
  const document = parseJson(read.text);
  if (document === undefined) return missing("file-not-json");
  const secret = resolvePointer(document, reference.pointer);
  if (typeof secret !== "string" || secret.trim() === "") {
    return missing("pointer-not-found", `${reference.path} at ${reference.pointer}`);
  }
  redactor.learn(secret);
  if (hasExpired(document, reference, now)) return missing("expired-in-file");
  const facts: [string, string][] = [];
  for (const [name, pointer] of Object.entries(reference.facts)) {
    const fact = resolvePointer(document, pointer);
    if (typeof fact === "string" && fact !== "") facts.push([name, fact]);
  }
  return { found: true, secret, facts: Object.fromEntries(facts) };
}

/** "~/x", "$NAME/x" and "%NAME%\x" as the path they stand for; null where the variable is not set or the path is not absolute. */
export function expandPath(path: string, env: Env, home: string): string | null {
  if (path === "~" || path.startsWith("~/")) return join(home, path.slice(1));
  const variable = /^(?:\$([A-Za-z_][A-Za-z0-9_]*)|%([A-Za-z_][A-Za-z0-9_()]*)%)([\\/].*)$/.exec(path);
  if (variable !== null) {
    const value = env[variable[1] ?? variable[2] ?? ""] ?? "";
    return value === "" ? null : join(value, variable[3] ?? "");
  }
  return /^(\/|[A-Za-z]:[\\/])/.test(path) ? normalize(path) : null;
}

type FileText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: MissingKey };

/** Reads a regular file of at most a megabyte. A pipe or a device is never waited for. */
async function readSmallFile(path: string): Promise<FileText> {
  let file: FileHandle | null = null;
  try {
    const { constants } = await import("node:fs");
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { size } = await file.stat().then((stat) => (stat.isFile() ? stat : { size: Number.POSITIVE_INFINITY }));
    if (size > MAX_BYTES) return { ok: false, reason: "file-not-readable" };
    return { ok: true, text: await file.readFile("utf8") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return { ok: false, reason: code === "ENOENT" || code === "ENOTDIR" ? "file-not-found" : "file-not-readable" };
  } finally {
    await file?.close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function hasExpired(document: unknown, { expires }: FileReference, now: number): boolean {
  if (expires === null) return false;
  const schema = { seconds: epochSeconds, milliseconds: epochMillis, iso: isoTime }[expires.unit];
  const at = schema.parse(resolvePointer(document, expires.pointer));
  return at !== null && at <= now;
}
