import { firstIssue } from "../first-issue.ts";
import { definitionSchema, type MappingDefinition } from "./definition.ts";
import { importJsonV1, isJsonV1 } from "./import-json-v1.ts";

/** What a definition says of the source itself, which a form may start with. */
export interface Proposal {
  /** Where the path is asked; null where it is not told. */
  readonly address: string | null;
  /** What the source is called. */
  readonly name: string | null;
}

/** A definition that somebody brought along, and in words what of it could not be taken over. */
export type RecognizedDefinition =
  | {
      readonly ok: true;
      readonly definition: MappingDefinition;
      readonly leftOut: readonly string[];
      readonly proposal: Proposal;
    }
  | { readonly ok: false; readonly problem: string; readonly leftOut: readonly string[] };

/** Reads a definition of our own, or a `json-v1` one of opencode-quota: its shape tells which it is. */
export function recognizeDefinition(value: unknown): RecognizedDefinition {
  if (isJsonV1(value)) return importJsonV1(value);
  const parsed = definitionSchema.safeParse(value);
  return parsed.success
    ? { ok: true, definition: parsed.data, leftOut: [], proposal: { address: null, name: null } }
    : { ok: false, problem: firstIssue(parsed.error), leftOut: [] };
}
