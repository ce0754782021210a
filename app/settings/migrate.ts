/** One step: turns settings of version n into version n + 1. Pure; gets and returns plain JSON. */
export type Migration = (old: Readonly<Record<string, unknown>>) => Record<string, unknown>;

export type MigrationResult =
  | { readonly kind: "current"; readonly value: Readonly<Record<string, unknown>>; readonly from: number }
  | { readonly kind: "newer"; readonly version: number };

/**
 * Brings settings up to `current`, one version at a time. `migrations[n]` leads from version n to n + 1.
 * A file without a version number is taken as version 1, the first that was ever written.
 */
export function migrate(
  value: Readonly<Record<string, unknown>>,
  migrations: Readonly<Record<number, Migration>>,
  current: number,
): MigrationResult {
  const told = value["version"];
  const from = typeof told === "number" && Number.isInteger(told) && told >= 1 ? told : 1;
  if (from > current) return { kind: "newer", version: from };
  let result = value;
  for (let version = from; version < current; version += 1) {
    const step = migrations[version];
    if (step === undefined) throw new Error(`no settings migration from version ${version}`);
    result = { ...step(result), version: version + 1 };
  }
  return { kind: "current", value: result, from };
}

/** The steps so far: version 1 is the first, so there are none. */
export const settingsMigrations: Readonly<Record<number, Migration>> = {};
