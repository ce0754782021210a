import * as z from "zod";
import { cleanText } from "../clean-text.ts";
import { firstIssue } from "../first-issue.ts";
import { definitionSchema, MOST_DESCRIBED, type TimeFormat } from "./definition.ts";
import { metricOf } from "./json-v1-metric.ts";
import { placeOf, readSource } from "./json-v1-source.ts";
import { queryAt } from "./query.ts";
import type { RecognizedDefinition } from "./recognize-definition.ts";
import { idPart } from "./row-ids.ts";

const record = z.record(z.string(), z.unknown());

/** Whether a value looks like a `json-v1` definition. */
export function isJsonV1(value: unknown): boolean {
  const parsed = record.safeParse(value);
  if (!parsed.success) return false;
  return parsed.data["format"] === "json-v1" || Array.isArray(parsed.data["mappings"]);
}

const TIME_FORMATS: ReadonlyMap<unknown, TimeFormat> = new Map<unknown, TimeFormat>([
  ["iso-8601", "iso"],
  ["unix-seconds", "unix-seconds"],
  ["unix-milliseconds", "unix-milliseconds"],
]);

/** Fields that say how the figures are shown there, which is decided otherwise here. */
const SHOWN_OTHERWISE = new Set(["right", "order", "icon", "color", "precision", "suffix"]);

/**
 * Takes over a `json-v1` definition of slkiser/opencode-quota (docs/readme/providers.md). What is known of the format: an optional
 * `rowsPath`, 1 to 16 mappings, literal own-property paths, seven types of metric, `divideBy` at numbers, three formats of times.
 * The rest is assumed, and read tolerantly:
 *
 *     { "format": "json-v1", "rowsPath": "data.items",
 *       "mappings": [{ "name": "Spend", "label": "…", "currency": "USD",
 *                      "metric": { "type": "spend-budget", "spend": { "path": "used", "divideBy": 100 }, "budget": "limit" },
 *                      "reset": { "path": "resets_at", "format": "unix-seconds" } }] }
 *
 * A path is a list of names, or a text with dots between them. The fields of `metric` may stand in the mapping itself. `mappings`
 * and `rowsPath` may lie below `json`, `response` or `config`. What is not understood is named in `leftOut`; a mapping that cannot
 * be understood is left out as a whole.
 */
export function importJsonV1(value: unknown): RecognizedDefinition {
  const leftOut: string[] = [];
  const outer = record.parse(value);
  const inner = [outer, outer["json"], outer["response"], outer["config"]]
    .map((part) => record.safeParse(part))
    .find((part) => part.success && Array.isArray(part.data["mappings"]))?.data;
  const mappings = inner === undefined ? [] : z.array(z.unknown()).parse(inner["mappings"]);
  if (mappings.length === 0) return { ok: false, problem: "mappings: there is none", leftOut };
  if (mappings.length > MOST_DESCRIBED) {
    return { ok: false, problem: `mappings: more than ${MOST_DESCRIBED}`, leftOut };
  }
  for (const name of Object.keys({ ...outer, ...inner })) {
    if (!["format", "mappings", "rowsPath", "path", "json", "response", "config"].includes(name)) {
      leftOut.push(`${cleanText(name, 40)}: not taken over`);
    }
  }
  const rows = inner?.["rowsPath"] === undefined ? null : placeOf(inner["rowsPath"]);
  if (inner?.["rowsPath"] !== undefined && rows === null) {
    return { ok: false, problem: "rowsPath: neither a text nor a list of names", leftOut };
  }
  const ids = new Set<string>();
  const meters = mappings.flatMap((mapping, index) => {
    const meter = meterOf(mapping, `mappings[${index}]`, leftOut);
    if (meter === null) return [];
    let id = idPart(meter.label) || `meter-${index + 1}`;
    for (let copy = 2; ids.has(id); copy += 1) id = `${idPart(meter.label).slice(0, 36) || "meter"}-${copy}`;
    ids.add(id);
    return [{ id, ...meter }];
  });
  if (meters.length === 0) return { ok: false, problem: "no mapping could be taken over", leftOut };
  const { path } = outer;
  if (typeof path !== "string" || !path.startsWith("/")) {
    leftOut.push("path: not told, so / is asked; set it, and the address");
  }
  const parsed = definitionSchema.safeParse({
    ...(typeof path === "string" && path.startsWith("/") && { path }),
    ...(rows !== null && { rows: { path: `${queryAt(rows)}[*]` } }),
    meters,
  });
  return parsed.success
    ? { ok: true, definition: parsed.data, leftOut }
    : { ok: false, problem: firstIssue(parsed.error), leftOut };
}

/** One mapping as a meter without its id; null where it cannot be understood, with the reason in `leftOut`. */
function meterOf(value: unknown, at: string, leftOut: string[]) {
  const parsed = record.safeParse(value);
  if (!parsed.success) {
    leftOut.push(`${at}: not an object, so left out`);
    return null;
  }
  const { name, label, resultType, currency, unit, metric, reset, resetTime, ...rest } = parsed.data;
  const nested = record.safeParse(metric);
  const fields: Readonly<Record<string, unknown>> = nested.success ? nested.data : rest;
  const result = metricOf(fields, {
    resultType,
    currency: currency ?? fields["currency"],
    unit: unit ?? fields["unit"],
  });
  if (!result.ok) {
    leftOut.push(`${at}: ${result.problem}, so left out`);
    return null;
  }
  for (const note of result.notes) leftOut.push(`${at}: ${note}`);
  const understood = new Set([...result.understood, "type", "metric", "currency", "unit"]);
  for (const field of [...Object.keys(fields), ...(nested.success ? Object.keys(rest) : [])]) {
    if (!understood.has(field) && !SHOWN_OTHERWISE.has(field)) {
      leftOut.push(`${at}.${cleanText(field, 40)}: not understood`);
    }
  }
  const titled = [name, label].find((text) => typeof text === "string" && cleanText(text, 60) !== "");
  const resetSource = resetOf(reset ?? resetTime, at, leftOut);
  return {
    label: typeof titled === "string" ? cleanText(titled, 60).replace(/:$/, "") || "Quota" : "Quota",
    ...result.meter,
    ...(resetSource !== null && { reset: resetSource }),
  };
}

function resetOf(value: unknown, at: string, leftOut: string[]): { path: string; format: TimeFormat } | null {
  if (value === undefined || value === null) return null;
  const source = readSource(value);
  const fields = record.safeParse(value);
  const format = TIME_FORMATS.get(fields.success ? (fields.data["format"] ?? fields.data["timestamp"]) : undefined);
  if (source === null || format === undefined) {
    leftOut.push(`${at}.reset: its path or format is not understood`);
    return null;
  }
  return { path: source.path, format };
}
