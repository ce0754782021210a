import { type MappedMeter, type MappingDefinition, pathOf } from "../../../../app/sources/mapping/definition.ts";
import { type FigureName, figureNames } from "../../../../app/sources/mapping/figure-schema.ts";
import { queryAt } from "../../../../app/sources/mapping/query.ts";

/** Where a value stands in the answer: names and indexes from the top. */
export type Place = readonly (string | number)[];

/** What a value can be pointed out as. */
export type Role = FigureName | "reset" | "name" | "success";

/** The list around a place whose entries could each be a row: the outermost one. Null where it is in none. */
export function listAround(place: Place): { readonly path: string; readonly inner: Place } | null {
  const at = place.findIndex((part) => typeof part === "number");
  // An entry that is itself the value has nothing to tell it from the others by.
  if (at === -1 || at === place.length - 1) return null;
  return { path: `${queryAt(place.slice(0, at))}[*]`, inner: place.slice(at + 1) };
}

/** The path of a value as the definition has it: from its row where it stands in one, else from the top. */
export function pathFor(
  definition: MappingDefinition,
  place: Place,
): { readonly path: string; readonly once: boolean } {
  const list = listAround(place);
  if (list !== null && definition.rows?.path === list.path) return { path: queryAt(list.inner), once: false };
  return { path: queryAt(place), once: true };
}

export interface Assigned {
  /** Null for what is not of a meter: the account, the name of a row, what says that the answer holds figures. */
  readonly meter: MappedMeter | null;
  readonly role: Role;
}

/** As what a value is already pointed out. */
export function assignedAt(definition: MappingDefinition, place: Place): readonly Assigned[] {
  const { path, once } = pathFor(definition, place);
  const ofMeters = definition.meters
    .filter((meter) => definition.rows === undefined || meter.once === once)
    .flatMap((meter) =>
      [...figureNames, "reset" as const].flatMap((role) => (pathOf(meter[role]) === path ? [{ meter, role }] : [])),
    );
  const named = once ? definition.account === path : definition.rows?.label === path;
  const judged = definition.success?.path === queryAt(place);
  return [
    ...ofMeters,
    ...(named ? [{ meter: null, role: "name" as const }] : []),
    ...(judged ? [{ meter: null, role: "success" as const }] : []),
  ];
}
