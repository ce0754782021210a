import * as z from "zod";
import { type Budget, budgetSchema } from "../budgets/budget.ts";
import {
  alertRulesSchema,
  DEFAULT_ALERT_RULES,
  DEFAULT_QUIET_HOURS,
  meterSettingsSchema,
  ownAlertRulesSchema,
  quietHoursSchema,
  thresholdsSchema,
} from "./alert-settings.ts";
import { DEFAULT_METRICS_SETTINGS, metricsSettingsSchema } from "./metrics-settings.ts";
import { type SinkConfig, sinkConfigSchema } from "./sink-settings.ts";

export { thresholdsSchema } from "./alert-settings.ts";

export const SETTINGS_VERSION = 1;

/** Text that is shown where it is named: nothing that ends a line or turns its direction. */
const PLAIN_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u;

/** Where a source's key comes from. The key itself is never here. */
export const credentialSchema = z.discriminatedUnion("type", [
  /** In the vault under the source's id, bound to `origin`. */
  z.object({ type: z.literal("vault"), origin: z.string() }),
  /** Read from this environment variable at each poll. */
  z.object({ type: z.literal("env"), name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/) }),
  /** Read from this JSON file of another tool at each poll, and sent to `origin` only. */
  z.object({
    type: z.literal("file"),
    path: z.string().min(1).max(1024).regex(PLAIN_LINE),
    pointer: z
      .string()
      .max(512)
      .regex(PLAIN_LINE)
      .regex(/^(\/|$)/),
    origin: z.string(),
  }),
]);
export type Credential = z.infer<typeof credentialSchema>;

/** Whether a source may refer to this place of a file. */
export function isFilePlace(place: { readonly path: string; readonly pointer: string }): boolean {
  return credentialSchema.safeParse({ type: "file", ...place, origin: "" }).success;
}

export const MIN_INTERVAL_SECONDS = 60;
export const MAX_INTERVAL_SECONDS = 24 * 3600;
const intervalSeconds = z.number().int().min(MIN_INTERVAL_SECONDS).max(MAX_INTERVAL_SECONDS);

export const MAX_SPARES = 4;

/** One configured source. `options` is judged by its descriptor's own schema. */
export const sourceConfigSchema = z.object({
  id: z.string().min(1).max(64),
  kind: z.string().min(1).max(40),
  label: z.string().min(1).max(80),
  /** Normalized by app/settings/base-url.ts. */
  baseUrl: z.string().min(1).max(2048),
  /** The user said yes to plain http towards a host that is not this computer. */
  allowPlainHttp: z.boolean().default(false),
  credential: credentialSchema,
  /** Further secrets by name, for kinds that send more than one. */
  secrets: z.record(z.string().min(1).max(40), credentialSchema).default({}),
  options: z.record(z.string(), z.unknown()).default({}),
  muted: z.boolean().default(false),
  paused: z.boolean().default(false),
  /** Null: as for all. */
  intervalSeconds: intervalSeconds.nullable().default(null),
  thresholds: thresholdsSchema.nullable().default(null),
  /** What it warns of otherwise than all; null: as for all. */
  alertRules: ownAlertRulesSchema.nullable().default(null),
  /** What single meters set otherwise, by meter id. */
  meters: z.record(z.string().min(1).max(120), meterSettingsSchema).default({}),
  /** Further addresses of the same gateway, asked in this order while the ones before do not answer. */
  spareBaseUrls: z.array(z.string().min(1).max(2048)).max(MAX_SPARES).default([]),
  /** The keys of those on another origin than `baseUrl`, by origin: none is ever sent a key of another. */
  spareCredentials: z.record(z.string().min(1).max(300), credentialSchema).default({}),
  /** The group that the user put it in, for budgets and history. */
  group: z.string().min(1).max(80).nullable().default(null),
});
export type SourceConfig = z.infer<typeof sourceConfigSchema>;

/** What a source sets of its own until its user says more. */
export const SOURCE_DEFAULTS = {
  muted: false,
  paused: false,
  intervalSeconds: null,
  thresholds: null,
  alertRules: null,
  meters: {},
  spareBaseUrls: [],
  spareCredentials: {},
  group: null,
} satisfies Partial<SourceConfig>;

export const themeSchema = z.enum(["system", "light", "dark"]);
export type Theme = z.infer<typeof themeSchema>;

/** How long a removed source can be brought back. */
export const REMOVAL_UNDO_MS = 60_000;

/** A removed source, kept until its undo time is over; then its key is deleted, too. */
export const removedSourceSchema = z.object({
  removedAt: z.number(),
  index: z.number().int().min(0),
  source: sourceConfigSchema,
});

/** Settings that the user changes as a whole ("general"). */
export const preferencesSchema = z.object({
  intervalSeconds,
  thresholds: thresholdsSchema,
  alertsEnabled: z.boolean(),
  theme: themeSchema,
  demoHidden: z.boolean(),
  alertRules: alertRulesSchema,
  quietHours: quietHoursSchema,
  /** Alerts as the browser's own notifications, where the page may show them. */
  browserNotifications: z.boolean(),
  metrics: metricsSettingsSchema,
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const DEFAULT_PREFERENCES: Preferences = {
  intervalSeconds: 300,
  thresholds: [20, 10, 5, 0],
  alertsEnabled: true,
  theme: "system",
  demoHidden: false,
  alertRules: DEFAULT_ALERT_RULES,
  quietHours: DEFAULT_QUIET_HOURS,
  browserNotifications: true,
  metrics: DEFAULT_METRICS_SETTINGS,
};

export interface Settings {
  readonly version: typeof SETTINGS_VERSION;
  readonly preferences: Preferences;
  readonly sources: readonly SourceConfig[];
  readonly removed: readonly z.infer<typeof removedSourceSchema>[];
  readonly budgets: readonly Budget[];
  readonly sinks: readonly SinkConfig[];
  /** Entries of `budgets` and `sinks` that this version could not read: written back unchanged. */
  readonly unreadableEntries: { readonly budgets: readonly unknown[]; readonly sinks: readonly unknown[] };
  /** Entries of `sources` that this version could not read: written back unchanged so that nothing is lost. */
  readonly unreadableSources: readonly unknown[];
  /** Fields of `preferences` that were unknown or not valid: written back unless the user has set them meanwhile. */
  readonly unreadPreferences: Readonly<Record<string, unknown>>;
  /** Unknown top-level fields, written back unchanged. */
  readonly unknownFields: Readonly<Record<string, unknown>>;
}

export const DEFAULT_SETTINGS: Settings = {
  version: SETTINGS_VERSION,
  preferences: DEFAULT_PREFERENCES,
  sources: [],
  removed: [],
  budgets: [],
  sinks: [],
  unreadableEntries: { budgets: [], sinks: [] },
  unreadableSources: [],
  unreadPreferences: {},
  unknownFields: {},
};

/** The line drawn on a source's bars: the highest threshold that applies to it. */
export function linePercent(source: Pick<SourceConfig, "thresholds">, preferences: Preferences): number {
  return Math.max(...(source.thresholds ?? preferences.thresholds));
}

/** Budgets and sinks as the file keeps them: fields of a later version are carried along. */
export const storedBudgetSchema = budgetSchema.loose();
export const storedSinkSchema = z.discriminatedUnion("type", [
  sinkConfigSchema.options[0].loose(),
  sinkConfigSchema.options[1].loose(),
]);
