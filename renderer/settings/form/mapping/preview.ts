import { ReadError } from "../../../../app/quota/failure.ts";
import type { Meter } from "../../../../app/quota/meter.ts";
import type { Notice } from "../../../../app/quota/reading.ts";
import { firstIssue } from "../../../../app/sources/first-issue.ts";
import { applyMapping } from "../../../../app/sources/mapping/apply-mapping.ts";
import {
  definitionSchema,
  type MappedMeter,
  type MappingDefinition,
} from "../../../../app/sources/mapping/definition.ts";

/** What one meter of a definition would show on the sample, or why it would not. */
export type Preview =
  | { readonly ok: true; readonly meters: readonly Meter[]; readonly notices: readonly Notice[] }
  | { readonly ok: false; readonly problem: string };

/** Reads one meter by itself, so that a mistake in another does not hide it. */
export function previewOf(definition: MappingDefinition, meter: MappedMeter, body: unknown, now: number): Preview {
  const alone = definitionSchema.safeParse({ ...definition, path: "/", meters: [meter] });
  if (!alone.success) return { ok: false, problem: firstIssue(alone.error).replace(/^meters\.0\.?:? ?/, "") };
  try {
    const { meters, notices } = applyMapping(alone.data, body, now);
    return { ok: true, meters, notices };
  } catch (error) {
    if (error instanceof ReadError) return { ok: false, problem: error.failure.detail ?? error.failure.cause };
    throw error;
  }
}

/** A definition as JSON for people: without what goes without saying. */
export function tidyJson(definition: MappingDefinition): string {
  const { method, query, headers, meters, ...rest } = definition;
  const tidy = {
    ...(method !== "GET" && { method }),
    ...rest,
    ...(Object.keys(query).length > 0 && { query }),
    ...(Object.keys(headers).length > 0 && { headers }),
    meters: meters.map(({ once, mayBeMissing, unit, ...meter }) => ({
      ...meter,
      unit: unit.kind === "money" ? unit : unit.kind,
      ...(once && { once }),
      ...(mayBeMissing && { mayBeMissing }),
    })),
  };
  return JSON.stringify(tidy, null, 2);
}
