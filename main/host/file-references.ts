import { constants, type FileHandle, open } from "node:fs/promises";
import type { FileReference, FoundInFile, SecretLookup } from "../../app/ports.ts";
import type { MissingKey } from "../../app/quota/failure.ts";
import {
  expandPattern,
  fillPattern,
  leavesMore,
  matchPattern,
  resolvePointer,
} from "../../app/settings/json-pointer.ts";
import { epochMillis, epochSeconds, isoTime } from "../../app/sources/times.ts";
import { expandPath, type PathSurroundings } from "./file-paths.ts";
import type { Redactor } from "./redactor.ts";

/** Larger files are no key files. */
const MAX_BYTES = 1024 * 1024;

interface Surroundings extends PathSurroundings {
  readonly redactor: Pick<Redactor, "learn">;
}

/**
 * Looks a secret up in a JSON file that another tool keeps: read anew at each call, never written, its token never renewed.
 * Every outcome names the file, none what is in it.
 */
export async function resolveFileReference(
  reference: FileReference,
  now: number,
  surroundings: Surroundings,
): Promise<SecretLookup> {
  const read = await readDocument(reference.path, surroundings);
  return read.ok ? lookUpIn(read.document, reference, now, surroundings.redactor) : read.lookup;
}

/** As `resolveFileReference` for each place that the reference's pattern leads to, from one reading of the file. */
export async function resolveFilePlaces(
  reference: FileReference,
  now: number,
  surroundings: Surroundings,
): Promise<readonly FoundInFile[]> {
  const { pointer: pattern } = reference;
  const read = await readDocument(reference.path, surroundings);
  if (!read.ok) return [{ pointer: pattern, lookup: read.lookup }];
  const places = expandPattern(read.document, pattern);
  const rest = leavesMore(read.document, pattern) ? { isCut: true } : {};
  if (places.length === 0) return [{ pointer: pattern, lookup: nothingAt(reference), ...rest }];
  return places.map((pointer) => {
    const placed = bind(reference, pointer);
    return { pointer, ...rest, lookup: lookUpIn(read.document, placed, now, surroundings.redactor) };
  });
}

/** The reference for one of its pattern's places: facts and expiry of the same member. */
function bind(reference: FileReference, pointer: string): FileReference {
  const names = matchPattern(reference.pointer, pointer) ?? [];
  const { expires } = reference;
  const facts = Object.entries(reference.facts).map(([name, pattern]) => [name, fillPattern(pattern, names)] as const);
  return {
    path: reference.path,
    pointer,
    facts: Object.fromEntries(facts),
    expires: expires === null ? null : { ...expires, pointer: fillPattern(expires.pointer, names) },
  };
}

function lookUpIn(
  document: unknown,
  reference: FileReference,
  now: number,
  redactor: Pick<Redactor, "learn">,
): SecretLookup {
  const secret = resolvePointer(document, reference.pointer);
  if (typeof secret !== "string" || secret.trim() === "") return nothingAt(reference);
  redactor.learn(secret);
  if (hasExpired(document, reference, now)) {
    return { found: false, reason: "expired-in-file", detail: reference.path };
  }
  const facts: [string, string][] = [];
  for (const [name, pointer] of Object.entries(reference.facts)) {
    const fact = resolvePointer(document, pointer);
    if (typeof fact === "string" && fact !== "") facts.push([name, fact]);
  }
  return { found: true, secret, facts: Object.fromEntries(facts) };
}

function nothingAt({ path, pointer }: FileReference): SecretLookup {
  return {
    found: false,
    reason: "pointer-not-found",
    detail: pointer === "" ? `${path}, as a whole` : `${path} at ${pointer}`,
  };
}

type Document =
  | { readonly ok: true; readonly document: unknown }
  | { readonly ok: false; readonly lookup: SecretLookup };

const PATH_PROBLEMS = {
  "variable-not-set": "the variable in it is not set",
  "not-absolute": "it is not an absolute path on this computer",
} as const;

async function readDocument(named: string, surroundings: PathSurroundings): Promise<Document> {
  const missing = (reason: MissingKey, detail = named): Document => ({
    ok: false,
    lookup: { found: false, reason, detail },
  });
  const expanded = expandPath(named, surroundings);
  if (!expanded.ok) return missing("file-not-found", `${named}: ${PATH_PROBLEMS[expanded.problem]}`);
  const read = await readSmallFile(expanded.path);
  if (!read.ok) return missing(read.reason);
  const document = parseJson(read.text);
  return document === undefined ? missing("file-not-json") : { ok: true, document };
}

type FileText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: MissingKey };

/** Reads a regular file of at most a megabyte. A pipe or a device is never waited for. */
async function readSmallFile(path: string): Promise<FileText> {
  let file: FileHandle | null = null;
  try {
    // Windows has no such flag, and no pipes among its files.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!(await file.stat()).isFile()) return { ok: false, reason: "file-not-readable" };
    const bytes = await readUpTo(file, MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) return { ok: false, reason: "file-not-readable" };
    return { ok: true, text: bytes.toString("utf8") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return { ok: false, reason: code === "ENOENT" || code === "ENOTDIR" ? "file-not-found" : "file-not-readable" };
  } finally {
    await file?.close().catch(() => undefined);
  }
}

/** What a file holds, but no more than `max` bytes of it, however long it says it is or grows meanwhile. */
async function readUpTo(file: FileHandle, max: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < max) {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(Math.min(65_536, max - length)) });
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(chunks);
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
