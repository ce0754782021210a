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
} from "./schema.ts";

export interface ParsedSettings {
  readonly settings: Settings;
  readonly problems: readonly SettingsProblem[];
  /** The file must not be written: it is from a newer version, or could not be read at all. */
  readonly readOnly: boolean;
  /** The file cannot be used and should be kept aside before anything is written. */
  readonly keepAside: boolean;
}

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
  const { version: _version, preferences, sources, removed, ...unknownFields } = value;
  const { readable, unreadable } = readSources(sources, problems);
  return {
    settings: {
      version: SETTINGS_VERSION,
      preferences: readPreferences(preferences, problems),
      sources: readable,
      removed: readList(removed, removedSourceSchema),
      unreadableSources: unreadable,
      unknownFields,
    },
    problems,
  };
}

function readPreferences(value: unknown, problems: SettingsProblem[]): Preferences {
  if (value === undefined) return DEFAULT_PREFERENCES;
  const fields = objectSchema.safeParse(value);
  if (!fields.success) {
    problems.push({ type: "field", field: "preferences", detail: "expected an object" });
    return DEFAULT_PREFERENCES;
  }
  // Field by field, so that one bad value costs one default and not all of them.
  const accepted: Record<string, unknown> = { ...DEFAULT_PREFERENCES };
  for (const [name, schema] of Object.entries(preferencesSchema.shape)) {
    if (!(name in fields.data)) continue;
    const parsed = schema.safeParse(fields.data[name]);
    if (parsed.success) accepted[name] = fields.data[name];
    else problems.push({ type: "field", field: `preferences.${name}`, detail: firstIssue(parsed.error) });
  }
  return preferencesSchema.parse(accepted);
}

function readSources(value: unknown, problems: SettingsProblem[]): { readable: SourceConfig[]; unreadable: unknown[] } {
  if (value === undefined) return { readable: [], unreadable: [] };
  if (!Array.isArray(value)) {
    problems.push({ type: "field", field: "sources", detail: "expected a list" });
    return { readable: [], unreadable: [] };
  }
  const readable: SourceConfig[] = [];
  const unreadable: unknown[] = [];
  const ids = new Set<string>();
  for (const [index, entry] of value.entries()) {
    const parsed = sourceConfigSchema.safeParse(entry);
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
    preferences: settings.preferences,
    sources: [...settings.sources, ...settings.unreadableSources],
    removed: settings.removed,
  };
}
