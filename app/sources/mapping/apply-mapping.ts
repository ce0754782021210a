import type { JSONValue } from "json-p3";
import { ReadError } from "../../quota/failure.ts";
import type { Meter } from "../../quota/meter.ts";
import type { Reading } from "../../quota/reading.ts";
import { cleanText } from "../clean-text.ts";
import { type MappedMeter, type MappingDefinition, MOST_METERS, MOST_ROWS } from "./definition.ts";
import { jsonBody } from "./json-value.ts";
import { compileQuery, MOST_MATCHES, selectUpTo } from "./query.ts";
import { readMeter } from "./read-meter.ts";
import { rowIds } from "./row-ids.ts";

/**
 * What a definition makes of an answer's body at a time (epoch milliseconds). Asks nothing and waits for nothing, so that a face
 * can show what a definition would give.
 * Throws ReadError "unexpected-shape" naming the meter and the path; no value of the body is quoted.
 */
export function applyMapping(definition: MappingDefinition, body: unknown, now: number): Reading {
  const json = jsonBody(body);
  if (!json.ok) throw new ReadError("unexpected-shape", { detail: `the answer is ${json.problem}` });
  const whole = json.value;
  checkSuccess(definition, whole);
  const { rows, meters } = definition;
  const once = meters.filter((meter) => rows === undefined || meter.once);
  const found: Meter[] = [];
  const add = (meter: Meter | null) => {
    if (meter === null) return;
    if (found.length === MOST_METERS) throw tooMany(`more than ${MOST_METERS} meters in all`);
    found.push(meter);
  };
  for (const meter of once) add(readMeter(meter, whole, now, { id: meter.id, label: meter.label, row: null }));
  if (rows !== undefined) {
    const perRow = meters.filter((meter) => !meter.once);
    for (const [index, row] of readRows(rows, whole).entries()) {
      for (const meter of perRow) {
        const label = rowLabel(meter, row.label, perRow.length);
        add(readMeter(meter, row.value, now, { id: `${meter.id}-${row.id}`, label, row: index + 1 }));
      }
    }
  }
  if (found.length === 0) throw new ReadError("unexpected-shape", { detail: "none of the meters is in the answer" });
  return { account: accountOf(definition, whole), notices: [], meters: found };
}

function checkSuccess({ success }: MappingDefinition, whole: JSONValue): void {
  if (success === undefined) return;
  const [value, ...others] = select(success.path, whole, "success");
  if (others.length > 0 || value !== success.equals) {
    const detail = `the answer carries an error instead of figures: ${cleanText(success.path)} is not what it should be`;
    throw new ReadError("unexpected-shape", { detail });
  }
}

interface Row {
  readonly id: string;
  /** Null where the row does not tell its name. */
  readonly label: string | null;
  readonly value: JSONValue;
}

function readRows({ path, label }: NonNullable<MappingDefinition["rows"]>, whole: JSONValue): readonly Row[] {
  const compiled = compileQuery(path);
  const values = compiled.ok ? selectUpTo(compiled.query, whole, MOST_ROWS) : [];
  if (values === null) throw tooMany(`more than ${MOST_ROWS} rows`);
  if (values.length === 0) throw new ReadError("unexpected-shape", { detail: `no rows at ${cleanText(path)}` });
  const labels = values.map((value) => (label === undefined ? null : textAt(label, value)));
  const ids = rowIds(labels);
  return values.map((value, index) => ({ id: ids[index] ?? String(index + 1), label: labels[index] ?? null, value }));
}

function rowLabel(meter: MappedMeter, row: string | null, metersPerRow: number): string {
  if (row === null) return meter.label;
  return metersPerRow === 1 ? row : `${row}, ${meter.label}`;
}

function accountOf({ account }: MappingDefinition, whole: JSONValue): string | null {
  return account === undefined ? null : textAt(account, whole);
}

/** A text or number that only decorates; anything else is null. */
function textAt(path: string, value: JSONValue): string | null {
  const [found, ...others] = select(path, value, "label");
  if (others.length > 0) return null;
  const text = typeof found === "number" ? String(found) : found;
  return typeof text === "string" ? cleanText(text) || null : null;
}

function select(path: string, value: JSONValue, name: string): readonly JSONValue[] {
  const compiled = compileQuery(path);
  if (!compiled.ok) throw new ReadError("invalid-options", { detail: `${name}: ${compiled.problem}` });
  const found = selectUpTo(compiled.query, value, MOST_MATCHES);
  if (found === null) throw tooMany(`more than ${MOST_MATCHES} matches of ${cleanText(path)}`);
  return found;
}

function tooMany(what: string): ReadError {
  return new ReadError("unexpected-shape", { detail: `${what}; narrow the rows, such as with [:20]` });
}
