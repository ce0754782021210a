import { readFile, stat } from "node:fs/promises";
import type { SourceDraft } from "../../app/contract/contract.ts";
import type { Proposal } from "../../app/sources/mapping/recognize-definition.ts";
import { findSource } from "../../app/sources/registry.ts";
import type { RegisteredSource } from "../../app/sources/source.ts";

/** What a `--mapping` file gave for the draft, or why not, as one clause. */
export type MappingFile =
  | {
      readonly ok: true;
      readonly options: Readonly<Record<string, unknown>>;
      readonly leftOut: readonly string[];
      readonly proposal: Proposal;
    }
  | { readonly ok: false; readonly problem: string };

const LARGEST = 256 * 1024;

/** Reads a definition (our own form or json-v1, known by its shape) from a JSON file, as the option of its kind. Never rejects. */
export async function readMappingFile(path: string, kind: string): Promise<MappingFile> {
  const field = findSource(kind)?.optionFields.find(({ editor }) => editor === "mapping");
  if (field === undefined) return { ok: false, problem: `--mapping is not for the kind ${kind.slice(0, 40)}` };
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > LARGEST) return { ok: false, problem: `${path} is too large for a definition` };
    text = await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    return { ok: false, problem: `${path} cannot be read (${code})` };
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return { ok: false, problem: `${path} is not JSON` };
  }
  const { recognizeDefinition } = await import("../../app/sources/mapping/recognize-definition.ts");
  const recognized = recognizeDefinition(value);
  if (recognized.ok) {
    const { definition, leftOut, proposal } = recognized;
    return { ok: true, options: { [field.name]: definition }, leftOut, proposal };
  }
  return { ok: false, problem: [`${path}: ${recognized.problem}`, ...recognized.leftOut].join("; ") };
}

/** What to do where a kind is described by a definition and none is given; null where nothing is missing. */
export function mappingProblem(
  kind: Pick<RegisteredSource, "id" | "optionFields">,
  path: string | undefined,
): string | null {
  if (path !== undefined || !kind.optionFields.some(({ editor }) => editor === "mapping")) return null;
  return (
    `the kind ${kind.id} needs --mapping FILE: a JSON file that says what to ask and where the figures are ` +
    "(docs/mapped-gateways.md). `plimsoll serve` makes one by pointing at a sample"
  );
}

/** `--secret-env name=VARIABLE`: where a further secret that the definition names is read from; null where one is malformed. */
export function secretInputs(entries: readonly string[]): SourceDraft["secrets"] | null {
  const pairs = entries.map((entry) => /^([a-z][a-z0-9-]{0,39})=([A-Za-z_][A-Za-z0-9_]*)$/.exec(entry));
  if (pairs.includes(null)) return null;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? "", { type: "env" as const, name: pair?.[2] ?? "" }]));
}
