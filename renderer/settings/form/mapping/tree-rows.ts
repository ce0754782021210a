import type { Place } from "./places.ts";

/** One line of the sample: a group that opens and closes, a value, or the way to more entries. */
export type TreeRow =
  | {
      readonly kind: "group";
      readonly key: string;
      readonly place: Place;
      readonly list: boolean;
      readonly size: number;
      readonly open: boolean;
    }
  | {
      readonly kind: "value";
      readonly key: string;
      readonly place: Place;
      readonly value: string | number | boolean | null;
    }
  | { readonly kind: "more"; readonly key: string; readonly place: Place; readonly hidden: number };

/** Entries of a list, or members of an object, that are shown before the rest is asked for. */
export const SHOWN_AT_FIRST = 12;
/** Answers with no more lines than this are shown opened. */
const SMALL = 80;

export interface TreeState {
  /** Groups that are not as they begin, by their keys. */
  readonly toggled: ReadonlySet<string>;
  /** Groups of which all entries are shown. */
  readonly whole: ReadonlySet<string>;
}

export function placeKey(place: Place): string {
  return JSON.stringify(place);
}

/** The lines of a body, top to bottom. */
export function treeRows(body: unknown, { toggled, whole }: TreeState): readonly TreeRow[] {
  const openDepth = countLines(body, SMALL) <= SMALL ? 64 : 2;
  const rows: TreeRow[] = [];
  const visit = (value: unknown, place: Place): void => {
    const key = placeKey(place);
    if (typeof value !== "object" || value === null) {
      if (value === null || ["string", "number", "boolean"].includes(typeof value)) {
        rows.push({ kind: "value", key, place, value: asScalar(value) });
      }
      return;
    }
    const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
      ? value.map((entry, index) => [index, entry] as const)
      : Object.entries(value);
    const open = toggled.has(key) !== place.length < openDepth;
    // The body itself is no line of its own, unless there is nothing in it.
    if (place.length > 0 || entries.length === 0) {
      rows.push({ kind: "group", key, place, list: Array.isArray(value), size: entries.length, open });
    }
    if (!open && place.length > 0) return;
    const shown = whole.has(key) ? entries : entries.slice(0, SHOWN_AT_FIRST);
    for (const [name, inner] of shown) visit(inner, [...place, name]);
    const hidden = entries.length - shown.length;
    if (hidden > 0) rows.push({ kind: "more", key: `${key}+`, place, hidden });
  };
  visit(body, []);
  return rows;
}

function asScalar(value: unknown): string | number | boolean | null {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

function countLines(value: unknown, enough: number): number {
  if (typeof value !== "object" || value === null) return 1;
  let lines = 1;
  for (const inner of Object.values(value)) {
    lines += countLines(inner, enough - lines);
    if (lines > enough) return lines;
  }
  return lines;
}

/** The members of the object around a place. */
export function siblingsAt(body: unknown, place: Place): Readonly<Record<string, unknown>> {
  let value = body;
  for (const part of place.slice(0, -1)) {
    if (typeof value !== "object" || value === null) return {};
    value = new Map<string, unknown>(Object.entries(value)).get(String(part));
  }
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
