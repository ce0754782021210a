import * as z from "zod";
import type { SettingsFileRead } from "../ports.ts";
import { firstIssue } from "../sources/first-issue.ts";
import { migrate, settingsMigrations } from "./migrate.ts";
import type { SettingsProblem } from "./problem.ts";
import {
  DEFAULT_PREFERENCES,
  DEFAULT_SETTINGS,
  type Preferences,
  preferencesSchema,
  removedSourceSchema,
  SETTINGS_VERSION,
  type Settings,
  type SourceConfig,
  sourceConfigSchema,
  storedBudgetSchema,
  storedSinkSchema,
} from "./schema.ts";

export interface ParsedSettings {
  readonly settings: Settings;
  readonly problems: readonly SettingsProblem[];
  /** The file must not be written: it is from a newer version, or could not be read at all. */
  readonly readOnly: boolean;
  /** The file cannot be used and should be kept aside before anything is written. */
  readonly keepAside: boolean;
}

const storedSourceSchema = sourceConfigSchema.loose();
const objectSchema = z.record(z.string(), z.unknown());

/**
 * Judges what the settings file held. Never throws. A bad field falls back to its default alone, with a problem that names it;
 * a source that cannot be read is carried along unchanged; a file that is no settings file at all gives defaults.
 */
export function parseSettings(file: SettingsFileRead): ParsedSettings {
  switch (file.kind) {
    case "absent":
      return { settings: DEFAULT_SETTINGS, problems: [], readOnly: false, keepAside: false };
    case "unreadable":
      return {
        settings: DEFAULT_SETTINGS,
        problems: [{ type: "unreadable", detail: file.detail }],
        readOnly: true,
        keepAside: false,
      };
    case "text":
      break;
  }
  const raw = objectSchema.safeParse(parseJson(file.text));
  // The path it is kept at is filled in by the caller, who does the keeping.
  if (!raw.success) {
    return {
      settings: DEFAULT_SETTINGS,
      problems: [{ type: "corrupt", keptAt: "" }],
      readOnly: false,
      keepAside: true,
    };
  }
  const migrated = migrate(raw.data, settingsMigrations, SETTINGS_VERSION);
  if (migrated.kind === "newer") {
    // Read as well as this version can, so that polling goes on; never written.
    const { settings, problems } = readFields(raw.data);
    return {
      settings,
      problems: [{ type: "newer", version: migrated.version }, ...problems],
      readOnly: true,
      keepAside: false,
    };
  }
  return { ...readFields(migrated.value), readOnly: false, keepAside: false };
}

function parseJson(text: string): unknown {
  try {
    // Some editors put a byte order mark in front.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function readFields(value: Readonly<Record<string, unknown>>): { settings: Settings; problems: SettingsProblem[] } {
  const problems: SettingsProblem[] = [];
  const { version: _version, preferences, sources, removed, budgets, sinks, ...unknownFields } = value;
  const { readable, unreadable } = readSources(sources, problems);
  const read = readPreferences(preferences, problems);
  const ownBudgets = readEntries("budgets", budgets, storedBudgetSchema, problems);
  const ownSinks = readEntries("sinks", sinks, storedSinkSchema, problems);
  return {
    settings: {
      version: SETTINGS_VERSION,
      preferences: read.preferences,
      unreadPreferences: read.unread,
      sources: readable,
      removed: readList(removed, removedSourceSchema),
      budgets: ownBudgets.readable,
      sinks: ownSinks.readable,
      unreadableEntries: { budgets: ownBudgets.unreadable, sinks: ownSinks.unreadable },
      unreadableSources: unreadable,
      unknownFields,
    },
    problems,
  };
}

interface ReadPreferences {
  readonly preferences: Preferences;
  readonly unread: Readonly<Record<string, unknown>>;
}

function readPreferences(value: unknown, problems: SettingsProblem[]): ReadPreferences {
  if (value === undefined) return { preferences: DEFAULT_PREFERENCES, unread: {} };
  const fields = objectSchema.safeParse(value);
  if (!fields.success) {
    problems.push({ type: "field", field: "preferences", detail: "not an object" });
    return { preferences: DEFAULT_PREFERENCES, unread: {} };
  }
  // Field by field, so that one bad value costs one default and not all of them.
  const schemas = new Map<string, z.ZodType>(Object.entries(preferencesSchema.shape));
  const accepted: Record<string, unknown> = { ...DEFAULT_PREFERENCES };
  const unread: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields.data)) {
    const parsed = schemas.get(name)?.safeParse(field);
    if (parsed?.success === true) {
      accepted[name] = field;
      continue;
    }
    unread[name] = field;
    if (parsed !== undefined) {
      problems.push({ type: "field", field: `preferences.${name}`, detail: firstIssue(parsed.error) });
    }
  }
  return { preferences: preferencesSchema.parse(accepted), unread };
}

/** What could not be read goes back in, but not over what the user has chosen since. */
function serializePreferences({ preferences, unreadPreferences }: Settings): Record<string, unknown> {
  const defaults = new Map<string, unknown>(Object.entries(DEFAULT_PREFERENCES));
  const written = new Map<string, unknown>(Object.entries(preferences));
  for (const [name, value] of Object.entries(unreadPreferences)) {
    const untouched = JSON.stringify(written.get(name)) === JSON.stringify(defaults.get(name));
    if (untouched) written.set(name, value);
  }
  return Object.fromEntries(written);
}

function readSources(value: unknown, problems: SettingsProblem[]): { readable: SourceConfig[]; unreadable: unknown[] } {
  if (value === undefined) return { readable: [], unreadable: [] };
  if (!Array.isArray(value)) {
    problems.push({ type: "field", field: "sources", detail: "expected a list" });
    return { readable: [], unreadable: [value] };
  }
  const readable: SourceConfig[] = [];
  const unreadable: unknown[] = [];
  const ids = new Set<string>();
  for (const [index, entry] of value.entries()) {
    // Fields of a later version are carried along, too.
    const parsed = storedSourceSchema.safeParse(entry);
    if (parsed.success && !ids.has(parsed.data.id)) {
      ids.add(parsed.data.id);
      readable.push(parsed.data);
      continue;
    }
    unreadable.push(entry);
    const detail = parsed.success ? "another source has the same id" : firstIssue(parsed.error);
    problems.push({ type: "source", index, label: labelOf(entry), detail });
  }
  return { readable, unreadable };
}

/** As for sources: an entry that cannot be read, or has an id twice, is kept as it is and told. */
function readEntries<T extends { readonly id: string }>(
  field: string,
  value: unknown,
  schema: z.ZodType<T>,
  problems: SettingsProblem[],
): { readable: T[]; unreadable: unknown[] } {
  if (value === undefined) return { readable: [], unreadable: [] };
  if (!Array.isArray(value)) {
    problems.push({ type: "field", field, detail: "expected a list" });
    return { readable: [], unreadable: [value] };
  }
  const readable: T[] = [];
  const unreadable: unknown[] = [];
  const ids = new Set<string>();
  for (const [index, entry] of value.entries()) {
    const parsed = schema.safeParse(entry);
    if (parsed.success && !ids.has(parsed.data.id)) {
      ids.add(parsed.data.id);
      readable.push(parsed.data);
      continue;
    }
    unreadable.push(entry);
    const detail = parsed.success ? "another entry has the same id" : firstIssue(parsed.error);
    problems.push({ type: "entry", entry: `${field}[${index}]`, detail });
  }
  return { readable, unreadable };
}

function labelOf(entry: unknown): string | null {
  const parsed = z.object({ label: z.string().max(80) }).safeParse(entry);
  return parsed.success ? parsed.data.label : null;
}

function readList<T>(value: unknown, schema: z.ZodType<T>): T[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry) => {
    const parsed = schema.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
}

/** The settings as they stand in the file: what was not understood goes back in unchanged. */
export function serializeSettings(settings: Settings): Record<string, unknown> {
  return {
    ...settings.unknownFields,
    version: settings.version,
    preferences: serializePreferences(settings),
    sources: [...settings.sources, ...settings.unreadableSources],
    removed: settings.removed,
    ...withEntries("budgets", settings.budgets, settings.unreadableEntries.budgets),
    ...withEntries("sinks", settings.sinks, settings.unreadableEntries.sinks),
  };
}

function withEntries(field: string, readable: readonly unknown[], unreadable: readonly unknown[]) {
  const entries = [...readable, ...unreadable];
  return entries.length === 0 ? {} : { [field]: entries };
}
