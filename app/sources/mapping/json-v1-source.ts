import * as z from "zod";
import type { FigureSource, TimeFormat } from "./definition.ts";
import { queryAt } from "./query.ts";

/** What a source of a `json-v1` definition is here, or which of its fields cannot be taken over, and why. */
export type TakenSource<T> =
  | { readonly ok: true; readonly source: T }
  | { readonly ok: false; readonly problem: string };

const names = z.array(z.string().min(1).max(100)).min(1).max(20);
const record = z.record(z.string(), z.unknown());

/** A path there is a list of names of own properties, never an index. Null where it is anything else. */
export function pathOfNames(value: unknown): string | null {
  const parsed = names.safeParse(value);
  return parsed.success ? queryAt(parsed.data) : null;
}

const DIVISORS = [100, 1000, 1_000_000];

/** `{path}`, with what to divide by, or a `{literal}` number. `at` is what the source is called. */
export function numberSource(at: string, value: unknown): TakenSource<FigureSource> {
  const fields = record.safeParse(value);
  if (!fields.success) return wrong(at, "not an object");
  const { path, literal, divideBy } = fields.data;
  if (literal !== undefined) {
    const fixed = z.number().safeParse(literal);
    return fixed.success && path === undefined
      ? { ok: true, source: { value: fixed.data } }
      : wrong(`${at}.literal`, path === undefined ? "not a number" : "beside a path");
  }
  const query = pathOfNames(path);
  if (query === null) return wrong(`${at}.path`, "not a list of names");
  if (divideBy === undefined) return { ok: true, source: { path: query } };
  const scale = DIVISORS.find((known) => known === divideBy);
  return scale === undefined
    ? wrong(`${at}.divideBy`, `not ${DIVISORS.join(", ").replace(/, (\d+)$/, " or $1")}`)
    : { ok: true, source: { path: query, scale } };
}

const ENCODINGS: Readonly<Record<string, TimeFormat>> = {
  "iso-8601": "iso",
  "unix-seconds": "unix-seconds",
  "unix-milliseconds": "unix-milliseconds",
};

/** `{path, encoding}`. A literal time would be past one day, and stay so. */
export function timeSource(
  at: string,
  value: unknown,
): TakenSource<{ readonly path: string; readonly format: TimeFormat }> {
  const fields = record.safeParse(value);
  if (!fields.success) return wrong(at, "not an object, so no reset is read");
  const { path, literal, encoding } = fields.data;
  if (literal !== undefined) return wrong(`${at}.literal`, "a fixed time is not taken over");
  const query = pathOfNames(path);
  if (query === null) return wrong(`${at}.path`, "not a list of names, so no reset is read");
  const format = new Map<unknown, TimeFormat>(Object.entries(ENCODINGS)).get(encoding);
  return format === undefined
    ? wrong(`${at}.encoding`, `not one of ${Object.keys(ENCODINGS).join(", ")}, so no reset is read`)
    : { ok: true, source: { path: query, format } };
}

function wrong(at: string, problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem: `${at}: ${problem}` };
}
