import * as z from "zod";
import { cleanText } from "../clean-text.ts";
import { firstIssue } from "../first-issue.ts";
import { definitionSchema, MOST_DESCRIBED } from "./definition.ts";
import { addressOf } from "./json-v1-address.ts";
import { metricOf } from "./json-v1-metric.ts";
import { pathOfNames, timeSource } from "./json-v1-source.ts";
import { unitOf } from "./json-v1-unit.ts";
import type { RecognizedDefinition } from "./recognize-definition.ts";
import { idPart } from "./row-ids.ts";

const record = z.record(z.string(), z.unknown());
type Fields = z.output<typeof record>;

/** Whether a value looks like a custom provider of opencode-quota, its adapter, or the settings that providers stand in. */
export function isJsonV1(value: unknown): boolean {
  const { data } = record.safeParse(value);
  if (data === undefined || "meters" in data) return false;
  return ["adapter", "mappings", "format", "mode"].some((name) => name in data) || providersIn(data) !== undefined;
}

/**
 * Takes over a `json-v1` definition of slkiser/opencode-quota (src/lib/quota-providers.ts, JsonV1Adapter, as of 4.x):
 *
 *     { "id": "…", "label": "…", "mode": "remote-api", "url": "https://host/path", "format": "json-v1", "apiKeyEnv": "…",
 *       "adapter": { "rowsPath": ["data", "items"],
 *                    "mappings": [{ "resultType": "budget", "name": "Spend", "unit": "$", "unitPosition": "prefix",
 *                                   "metric": { "type": "spend-budget", "spend": { "path": ["cents"], "divideBy": 100 },
 *                                               "budget": { "literal": 40 } },
 *                                   "resetTime": { "path": ["ends"], "encoding": "iso-8601" } }] } }
 *
 * or its adapter alone, or settings with one such definition under `quotaProviders`. A path is a list of names; without
 * `rowsPath` the answer is one row. Types of metric: `percentage` with its `meaning`, `used-limit`, `remaining-limit`,
 * `spend-budget`, `remaining-budget`, `value` with its `valueType`, and `status`, which is no quota. `unit` is a text that is only
 * shown there. What cannot be taken over is named in `leftOut`, field by field; a mapping whose figures are not understood is left
 * out as a whole. Where the key is stays to be said: a text from elsewhere must not choose which secret goes to its own address.
 */
export function importJsonV1(value: unknown): RecognizedDefinition {
  const outer = record.parse(value);
  const provider = soleProvider(outer);
  if (!provider.ok) return refusal(provider.problem);
  const { fields } = provider;
  const alone = "mappings" in fields && !("adapter" in fields);
  const wrong = alone ? null : providerProblem(fields);
  if (wrong !== null) return refusal(wrong);
  const at = alone ? "" : "adapter.";
  const adapter = record.safeParse(alone ? fields : fields["adapter"]);
  if (!adapter.success) return refusal(`adapter: ${fields["adapter"] === undefined ? "missing" : "not an object"}`);
  const mappings = z.array(z.unknown()).safeParse(adapter.data["mappings"]).data ?? [];
  if (mappings.length === 0) return refusal(`${at}mappings: there is none`);
  if (mappings.length > MOST_DESCRIBED) return refusal(`${at}mappings: more than ${MOST_DESCRIBED}`);
  const { rowsPath } = adapter.data;
  const rows = rowsPath === undefined ? null : pathOfNames(rowsPath);
  if (rowsPath !== undefined && rows === null) return refusal(`${at}rowsPath: not a list of names`);

  const leftOut: string[] = [];
  if (!alone) leftOut.push(...namedFields(fields, PROVIDER_FIELDS, ""));
  const where = alone ? NO_ADDRESS : addressOf(fields["url"]);
  leftOut.push(...where.leftOut, ...namedFields(adapter.data, ADAPTER_FIELDS, at));
  const meters = withIds(titled(mappings), at, leftOut);
  if (meters.length === 0) return { ok: false, problem: "no mapping could be taken over", leftOut };
  const parsed = definitionSchema.safeParse({
    ...(where.path !== null && { path: where.path }),
    ...(rows !== null && { rows: { path: `${rows}[*]` } }),
    meters,
  });
  if (!parsed.success) return { ok: false, problem: firstIssue(parsed.error), leftOut };
  const name = [fields["label"], fields["id"]].map(textOf).find((text) => text !== null) ?? null;
  return { ok: true, definition: parsed.data, leftOut, proposal: { address: where.address, name } };
}

function refusal(problem: string): RecognizedDefinition {
  return { ok: false, problem, leftOut: [] };
}

const NO_ADDRESS = {
  address: null,
  path: null,
  leftOut: ["url: there is none with an adapter alone; set the address and the path"],
};

/** Of fields that are known: null where they are taken over, or why they are not. */
type Known = ReadonlyMap<string, string | null>;
const NOT_TAKEN = "not taken over";
const PROVIDER_FIELDS: Known = new Map([
  ...["id", "label", "mode", "url", "format", "adapter"].map((name) => [name, null] as const),
  ["providerId", NOT_TAKEN],
  ["modelIds", NOT_TAKEN],
  ["apiKeyEnv", "not taken over; say where the key is"],
]);
const ADAPTER_FIELDS: Known = new Map([
  ["rowsPath", null],
  ["mappings", null],
]);
const MAPPING_FIELDS: Known = new Map([
  ...["resultType", "name", "label", "unit", "unitPosition", "resetTime", "metric"].map(
    (name) => [name, null] as const,
  ),
  ["observedTime", NOT_TAKEN],
]);

function namedFields(fields: Fields, known: Known, at: string): readonly string[] {
  return Object.keys(fields).flatMap((name) => {
    const why = known.has(name) ? known.get(name) : "not understood";
    return typeof why === "string" ? [`${at}${cleanText(name, 40)}: ${why}`] : [];
  });
}

/** The list of custom providers, wherever in the settings it stands. */
function providersIn(fields: Fields): readonly unknown[] | undefined {
  const experimental = record.safeParse(fields["experimental"]).data ?? {};
  const toast = record.safeParse(experimental["quotaToast"]).data ?? {};
  return [fields, toast]
    .map((settings) => z.array(z.unknown()).safeParse(settings["quotaProviders"]).data)
    .find((list) => list !== undefined);
}

function soleProvider(
  outer: Fields,
): { readonly ok: true; readonly fields: Fields } | { readonly ok: false; readonly problem: string } {
  const list = providersIn(outer);
  if (list === undefined) return { ok: true, fields: outer };
  const fitting = list.flatMap((item) => {
    const { data } = record.safeParse(item);
    return data?.["format"] === "json-v1" ? [data] : [];
  });
  const [fields, ...others] = fitting;
  if (fields === undefined) return { ok: false, problem: "quotaProviders: none has the format json-v1" };
  if (others.length === 0) return { ok: true, fields };
  const ids = fitting.map(({ id }) => textOf(id) ?? "without an id").join(", ");
  return { ok: false, problem: `quotaProviders: more than one has the format json-v1 (${ids}); give one of them` };
}

function providerProblem({ mode, format }: Fields): string | null {
  if (mode === "local-estimate") return "mode: a local estimate asks no service";
  return format === undefined || format === "json-v1" ? null : "format: only json-v1 is taken over";
}

interface TitledMapping {
  readonly mapping: Fields | null;
  readonly title: string;
  /** Whether the label is part of the title. */
  readonly labelled: boolean;
}

/** Each mapping by its name; where several have one name, their labels tell them apart. */
function titled(mappings: readonly unknown[]): readonly TitledMapping[] {
  const parsed = mappings.map((mapping) => record.safeParse(mapping).data ?? null);
  const names = parsed.map((mapping) => textOf(mapping?.["name"]));
  return parsed.map((mapping, index) => {
    const name = names[index] ?? null;
    const label = textOf(mapping?.["label"]);
    const shared = name === null || names.filter((other) => other === name).length > 1;
    const title = (shared ? [name, label] : [name]).filter((part) => part !== null).join(", ");
    return { mapping, title: cleanText(title, 60) || "Quota", labelled: shared };
  });
}

/** "Weekly:" as "Weekly"; null where there is no text. */
function textOf(value: unknown): string | null {
  const text = typeof value === "string" ? cleanText(value, 60).replace(/\s*:$/, "") : "";
  return text === "" ? null : text;
}

function withIds(mappings: readonly TitledMapping[], at: string, leftOut: string[]) {
  const ids = new Set<string>();
  return mappings.flatMap((titled, index) => {
    const meter = meterOf(titled, `${at}mappings[${index}]`, leftOut);
    if (meter === null) return [];
    const wanted = idPart(titled.title) || `meter-${index + 1}`;
    let id = wanted;
    for (let copy = 2; ids.has(id); copy += 1) id = `${wanted.slice(0, 36)}-${copy}`;
    ids.add(id);
    return [{ id, label: titled.title, ...meter }];
  });
}

/** One mapping as a meter without its id; null where it cannot be understood, with the reason in `leftOut`. */
function meterOf({ mapping, labelled }: TitledMapping, at: string, leftOut: string[]) {
  if (mapping === null) {
    leftOut.push(`${at}: not an object, so it is left out`);
    return null;
  }
  const metric = record.safeParse(mapping["metric"]);
  const result = metric.success ? metricOf(metric.data) : { ok: false as const, problem: ": not an object" };
  if (!result.ok) {
    leftOut.push(`${at}.metric${result.problem}, so the mapping is left out`);
    return null;
  }
  if (textOf(mapping["label"]) !== null && !labelled) leftOut.push(`${at}.label: the name is shown instead`);
  leftOut.push(...namedFields(mapping, MAPPING_FIELDS, `${at}.`));
  leftOut.push(...result.others.map((field) => `${at}.metric.${cleanText(field, 40)}: not understood`));
  const { unit, note } = result.share ? { unit: { kind: "percent" as const }, note: null } : unitOf(mapping["unit"]);
  if (note !== null) leftOut.push(`${at}.unit: ${note}`);
  const reset = mapping["resetTime"] === undefined ? null : timeSource(`${at}.resetTime`, mapping["resetTime"]);
  if (reset?.ok === false) leftOut.push(reset.problem);
  return {
    ...result.figures,
    unit,
    // A balance that comes back is no balance here.
    window: mapping["resultType"] === "balance" && reset?.ok !== true ? "balance" : "period",
    ...(reset?.ok === true && { reset: reset.source }),
  };
}
