import { readFile } from "node:fs/promises";
import * as z from "zod";
import { writeFileAtomically } from "../host/atomic-write.ts";

/** One saved key: encrypted, and bound to the origin it may be sent to. */
const entrySchema = z.object({
  origin: z.string(),
  /** The first bytes of the ciphertext, which name what encrypted it. */
  tag: z.string(),
  /** Base64. */
  ciphertext: z.string(),
});
export type SecretEntry = z.infer<typeof entrySchema>;

const VERSION = 1;
const fileSchema = z.object({ version: z.literal(VERSION), entries: z.record(z.string(), entrySchema) });
const versionSchema = z.object({ version: z.number().int().gt(VERSION) });

export type Entries = ReadonlyMap<string, SecretEntry>;

export type SecretsRead =
  | { readonly kind: "entries"; readonly entries: Entries }
  /** Not to be written: another version's, or it cannot be read at all. */
  | { readonly kind: "locked"; readonly problem: string }
  /** Not what any version writes. */
  | { readonly kind: "broken" };

/** Reads the file. A missing one holds nothing. */
export async function readSecrets(path: string): Promise<SecretsRead> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return { kind: "entries", entries: new Map() };
    return { kind: "locked", problem: `the file of saved keys cannot be read (${codeOf(error)})` };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "broken" };
  }
  if (versionSchema.safeParse(value).success) {
    return { kind: "locked", problem: "the file of saved keys was written by a newer version of Plimsoll" };
  }
  const parsed = fileSchema.safeParse(value);
  return parsed.success
    ? { kind: "entries", entries: new Map(Object.entries(parsed.data.entries)) }
    : { kind: "broken" };
}

/** Writes the file whole and for its owner alone: readers find the old one or the new one. Durable when it resolves. */
export function writeSecrets(path: string, entries: Entries): Promise<void> {
  return writeFileAtomically(
    path,
    `${JSON.stringify({ version: VERSION, entries: Object.fromEntries(entries) }, null, 2)}\n`,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}
