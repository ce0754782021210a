import type { JSONValue } from "json-p3";
import { ReadError } from "../../quota/failure.ts";
import type { Meter } from "../../quota/meter.ts";
import type { Notice } from "../../quota/reading.ts";
import { cleanText } from "../clean-text.ts";
import { type MappedMeter, type MappingDefinition, MOST_ROWS } from "./definition.ts";
import { compileQuery, selectUpTo } from "./query.ts";
import { readMeter } from "./read-meter.ts";
import { idInRow, rowIds } from "./row-ids.ts";
import { textAt, tooMany } from "./select.ts";

type Rows = NonNullable<MappingDefinition["rows"]>;

interface Row {
  readonly id: string;
  /** Null where the row does not tell its name. */
  readonly label: string | null;
  readonly value: JSONValue;
}

/**
 * These meters of each row. One odd row is no reason to show nothing of the others: what of a row cannot be read is left out, and a
 * notice tells of how many rows, and why of the first.
 * Throws ReadError where there are no rows, too many, or none of which anything can be read.
 */
export function readRows(
  rows: Rows,
  meters: readonly MappedMeter[],
  whole: JSONValue,
  now: number,
): { readonly meters: readonly Meter[]; readonly notices: readonly Notice[] } {
  const all = rowsOf(rows, whole);
  const found: Meter[] = [];
  const problems: ReadError[] = [];
  for (const [index, row] of all.entries()) {
    const failed: ReadError[] = [];
    for (const meter of meters) {
      const label = labelOf(meter, row.label ?? (all.length > 1 ? index + 1 : null), meters.length);
      const result = tryToRead(meter, row.value, now, { id: idInRow(meter.id, row.id), label, row: index + 1 });
      if (result instanceof ReadError) failed.push(result);
      else if (result !== null) found.push(result);
    }
    problems.push(...failed.slice(0, 1));
  }
  const [first] = problems;
  if (first === undefined) return { meters: found, notices: [] };
  if (found.length === 0) throw first;
  const problem = first.failure.detail ?? first.failure.cause;
  const params = { left: problems.length, rows: all.length, problem };
  return { meters: found, notices: [{ key: "notice.rows-left-out", params }] };
}

/** What else than the row's shape goes wrong ends the reading. */
function tryToRead(...parameters: Parameters<typeof readMeter>): Meter | null | ReadError {
  try {
    return readMeter(...parameters);
  } catch (error) {
    if (error instanceof ReadError && error.failure.cause === "unexpected-shape") return error;
    throw error;
  }
}

function rowsOf({ path, label }: Rows, whole: JSONValue): readonly Row[] {
  const compiled = compileQuery(path);
  const values = compiled.ok ? selectUpTo(compiled.query, whole, MOST_ROWS) : [];
  if (values === null) throw tooMany(`more than ${MOST_ROWS} rows`);
  if (values.length === 0) throw new ReadError("unexpected-shape", { detail: `no rows at ${cleanText(path)}` });
  const labels = values.map((value) => (label === undefined ? null : textAt(label, value)));
  const ids = rowIds(labels);
  return values.map((value, index) => ({ id: ids[index] ?? String(index + 1), label: labels[index] ?? null, value }));
}

/** `row`: what the row is called, or its number where there are others and it has no name. */
function labelOf(meter: MappedMeter, row: string | number | null, metersPerRow: number): string {
  if (row === null) return meter.label;
  if (typeof row === "number") return `${meter.label} ${row}`;
  return metersPerRow === 1 ? row : `${row}, ${meter.label}`;
}
