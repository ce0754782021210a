import type { JSONValue } from "json-p3";
import { ReadError } from "../../quota/failure.ts";
import type { Meter } from "../../quota/meter.ts";
import type { Reading } from "../../quota/reading.ts";
import { cleanText } from "../clean-text.ts";
import { type MappedMeter, type MappingDefinition, MOST_METERS } from "./definition.ts";
import { jsonBody } from "./json-value.ts";
import { readMeter } from "./read-meter.ts";
import { readRows } from "./read-rows.ts";
import { select, textAt, tooMany } from "./select.ts";

/**
 * What a definition makes of an answer's body at a time (epoch milliseconds). Asks nothing and waits for nothing, so that a face
 * can show what a definition would give. What of a row cannot be read is left out with a notice, while anything of the rows is read.
 * Throws ReadError "unexpected-shape" naming the meter and the path; no value of the body is quoted.
 */
export function applyMapping(definition: MappingDefinition, body: unknown, now: number): Reading {
  const json = jsonBody(body);
  if (!json.ok) throw new ReadError("unexpected-shape", { detail: `the answer is ${json.problem}` });
  const whole = json.value;
  checkSuccess(definition, whole);
  const { rows, meters, account } = definition;
  const once = meters.filter((meter) => rows === undefined || meter.once);
  const perRow = meters.filter((meter) => !once.includes(meter));
  const ofWhole = once.flatMap((meter) => readWhole(meter, whole, now, rows !== undefined) ?? []);
  const ofRows = rows === undefined ? { meters: [], notices: [] } : readRows(rows, perRow, whole, now);
  const found = [...ofWhole, ...ofRows.meters];
  if (found.length > MOST_METERS) throw tooMany(`more than ${MOST_METERS} meters in all`);
  if (found.length === 0) throw new ReadError("unexpected-shape", { detail: "none of the meters is in the answer" });
  return {
    account: account === undefined ? null : textAt(account, whole),
    notices: [...ofRows.notices],
    meters: found,
  };
}

function readWhole(meter: MappedMeter, whole: JSONValue, now: number, hasRows: boolean): Meter | null {
  try {
    return readMeter(meter, whole, now, { id: meter.id, label: meter.label, row: null });
  } catch (error) {
    if (!(error instanceof ReadError) || hasRows || !Array.isArray(whole)) throw error;
    const { cause, detail } = error.failure;
    throw new ReadError(cause, { detail: `${detail ?? cause}; the answer is a list, so it needs rows such as $[*]` });
  }
}

function checkSuccess({ success }: MappingDefinition, whole: JSONValue): void {
  if (success === undefined) return;
  const [value, ...others] = select(success.path, whole, "success");
  if (others.length > 0 || value !== success.equals) {
    const detail = `the answer carries an error instead of figures: ${cleanText(success.path)} is not what it should be`;
    throw new ReadError("unexpected-shape", { detail });
  }
}
