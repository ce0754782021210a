import {
  type MappedMeter,
  type MappingDefinition,
  pathOf,
  type TimeFormat,
} from "../../../../app/sources/mapping/definition.ts";
import { type FigureName, figureNames } from "../../../../app/sources/mapping/figure-schema.ts";
import { queryAt } from "../../../../app/sources/mapping/query.ts";
import { idPart } from "../../../../app/sources/mapping/row-ids.ts";
import { listAround, type Place, pathFor, type Role } from "./places.ts";

/** What the user said of a value. */
export interface Assignment {
  readonly role: Role;
  /** The meter it belongs to; null makes a new one. Not for names. */
  readonly meterId: string | null;
  /** Of a new meter. */
  readonly label: string;
  readonly unit: MappedMeter["unit"];
  readonly scale: number;
  readonly window: MappedMeter["window"];
  readonly format: TimeFormat;
  /** The value means that there is no limit. */
  readonly unlimited: boolean;
  /** One set of meters for each entry of the list around it. */
  readonly eachEntry: boolean;
}

/** A definition that asks the address itself and reads nothing yet. */
export const EMPTY: MappingDefinition = { method: "GET", path: "/", query: {}, headers: {}, meters: [] };

/** The definition after a value was pointed out. What it stood for before is undone first. */
export function assign(
  definition: MappingDefinition,
  place: Place,
  value: unknown,
  assignment: Assignment,
): MappingDefinition {
  const cleared = unassign(definition, place);
  if (assignment.role === "success") {
    return { ...cleared, success: { path: queryAt(place), equals: isScalar(value) ? value : null } };
  }
  const list = listAround(place);
  const withRows = assignment.eachEntry && list !== null ? overRows(cleared, list.path) : cleared;
  // A path of a row that is read once, after all.
  const inRow = pathFor(withRows, place);
  const { path, once } = assignment.eachEntry ? inRow : { path: queryAt(place), once: true };
  const { role } = assignment;
  if (role === "name") {
    return !once && withRows.rows !== undefined
      ? { ...withRows, rows: { ...withRows.rows, label: path } }
      : { ...withRows, account: path };
  }
  const before = withRows.meters.find(({ id }) => id === assignment.meterId);
  const meter = changed(before ?? newMeter(withRows, assignment, once), role, path, value, assignment);
  return {
    ...withRows,
    meters:
      before === undefined
        ? [...withRows.meters, meter]
        : withRows.meters.map((other) => (other === before ? meter : other)),
  };
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

/** The definition with rows, if it has none yet. What was there before stays read from the whole answer. */
function overRows(definition: MappingDefinition, path: string): MappingDefinition {
  if (definition.rows !== undefined) return definition;
  return { ...definition, rows: { path }, meters: definition.meters.map((meter) => ({ ...meter, once: true })) };
}

/** The list whose entries may each be a row: there is only one in a definition. Null where there is none to choose. */
export function rowListAt(definition: MappingDefinition, place: Place): string | null {
  const list = listAround(place);
  return list !== null && (definition.rows?.path ?? list.path) === list.path ? list.path : null;
}

function changed(
  meter: MappedMeter,
  role: FigureName | "reset",
  path: string,
  value: unknown,
  { scale, unit, window, format, unlimited }: Assignment,
): MappedMeter {
  const base: MappedMeter = { ...meter, unit, window };
  if (role === "reset") return { ...base, reset: { path, format } };
  const figure = { path, ...(scale !== 1 && { scale }) };
  const sentinel = typeof value === "number" || typeof value === "string" || value === null ? [value] : [];
  const known = (meter.unlimited ?? []).filter((other) => !sentinel.includes(other));
  const sentinels = unlimited ? [...known, ...sentinel] : known;
  const { unlimited: _before, ...rest } = base;
  return { ...rest, [role]: figure, ...(sentinels.length > 0 && { unlimited: sentinels }) };
}

function newMeter(definition: MappingDefinition, { label, unit, window }: Assignment, once: boolean): MappedMeter {
  return {
    id: freeId(definition, label),
    label: label.trim() === "" ? "Quota" : label.trim().slice(0, 60),
    unit,
    window,
    scope: "key",
    once: once && definition.rows !== undefined,
    mayBeMissing: false,
  };
}

/** An id for good, from what the meter is first called. */
export function freeId(definition: MappingDefinition, label: string): string {
  const wanted = idPart(label).slice(0, 36) || "meter";
  let id = wanted;
  for (let copy = 2; definition.meters.some((meter) => meter.id === id); copy += 1) id = `${wanted}-${copy}`;
  return id;
}

/** The definition without what a value was pointed out as. A meter without any figure goes as a whole. */
export function unassign(definition: MappingDefinition, place: Place): MappingDefinition {
  const { path, once } = pathFor(definition, place);
  const { account, rows, success, ...rest } = definition;
  const meters = definition.meters.flatMap((meter) => {
    if (definition.rows !== undefined && meter.once !== once) return [meter];
    const kept = withoutPath(meter, path);
    return kept === meter || figureNames.some((name) => pathOf(kept[name]) !== undefined) ? [kept] : [];
  });
  return {
    ...rest,
    ...(success !== undefined && success.path !== queryAt(place) && { success }),
    ...(account !== undefined && !(once && account === path) && { account }),
    ...(rows !== undefined && { rows: !once && rows.label === path ? { path: rows.path } : rows }),
    meters,
  };
}

function withoutPath(meter: MappedMeter, path: string): MappedMeter {
  const hit = [...figureNames, "reset" as const].filter((role) => pathOf(meter[role]) === path);
  if (hit.length === 0) return meter;
  const { used, remaining, limit, percentUsed, percentRemaining, reset, ...rest } = meter;
  const roles = { used, remaining, limit, percentUsed, percentRemaining, reset };
  const left = Object.entries(roles).filter(
    ([role, source]) => source !== undefined && !hit.some((gone) => gone === role),
  );
  return { ...rest, ...Object.fromEntries(left) };
}

/** The definition without a meter; without rows once no meter is read from them. */
export function withoutMeter(definition: MappingDefinition, id: string): MappingDefinition {
  const meters = definition.meters.filter((meter) => meter.id !== id);
  if (definition.rows === undefined || meters.some((meter) => !meter.once)) return { ...definition, meters };
  const { rows: _gone, ...rest } = definition;
  return { ...rest, meters: meters.map((meter) => ({ ...meter, once: false })) };
}

/** The meter that a value most likely belongs to: one whose figures stand beside it. Null for a new one. */
export function likelyMeter(definition: MappingDefinition, place: Place, role: Role): string | null {
  const list = listAround(place);
  const inRows = list !== null && definition.rows?.path === list.path;
  const parent = queryAt((inRows ? list.inner : place).slice(0, -1));
  const beside = definition.meters.find(
    (meter) =>
      role !== "name" &&
      role !== "success" &&
      meter[role] === undefined &&
      (definition.rows === undefined || meter.once !== inRows) &&
      [...figureNames, "reset" as const].some((name) => parentOf(pathOf(meter[name])) === parent),
  );
  return beside?.id ?? null;
}

function parentOf(path: string | undefined): string | undefined {
  return path?.replace(/(\.[A-Za-z_][A-Za-z0-9_]*|\[[^[\]]*\])$/, "");
}
