import * as z from "zod";
import { alertDeliverySchema, alertSchema } from "../alerts/alert.ts";
import { alertLogEntrySchema } from "../alerts/alert-log.ts";
import { snoozeSchema } from "../alerts/ledger.ts";
import { budgetSchema } from "../budgets/budget.ts";
import { discoverySchema } from "../discovery/discovery.ts";
import { historyExportSchema, historyFileSchema, historyQuerySchema, historyViewSchema } from "../history/series.ts";
import { historyStatusSchema } from "../history/status.ts";
import { failureSchema, missingKeySchema } from "../quota/failure.ts";
import { readingSchema, traceStepSchema } from "../quota/reading.ts";
import { sourceStateSchema } from "../quota/snapshot.ts";
import { meterSettingsSchema, ownAlertRulesSchema } from "../settings/alert-settings.ts";
import { metricsStatusSchema } from "../settings/metrics-settings.ts";
import { settingsProblemSchema } from "../settings/problem.ts";
import { MAX_SPARES, preferencesSchema, sourceConfigSchema, thresholdsSchema } from "../settings/schema.ts";
import { sinkConfigSchema, webhookDraftSchema } from "../settings/sink-settings.ts";
import { probeResultSchema } from "../sources/probe/result.ts";
import { type CallError, callErrorSchema } from "./call-error.ts";
import {
  type ContractShape,
  type InputOf,
  type InvokeName,
  invoke,
  type OutputOf,
  type ParsedInputOf,
  type PushName,
  push,
  type ValueOf,
} from "./define.ts";

const sourceId = z.string().min(1).max(64);
const meterId = z.string().min(1).max(120);
/** What is snoozed: a meter, a source (`meterId` null), or everything (`sourceId` null, too). */
const snoozeTarget = { sourceId: z.string().min(1).max(80).nullable(), meterId: meterId.nullable() };

export { type CallError, callErrorSchema };

/** A key as the UI hands it over: typed in (write-only), a reference, or, for an existing source, the one it has. */
export const keyInputSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("secret"), secret: z.string().max(16_384) }),
  z.object({ type: z.literal("env"), name: z.string().max(200) }),
  z.object({ type: z.literal("file"), path: z.string().max(1024), pointer: z.string().max(512) }),
  z.object({ type: z.literal("keep") }),
]);
export type KeyInput = z.infer<typeof keyInputSchema>;

/** What the add and edit forms send. `id` is the source being edited, null for a new one. */
export const sourceDraftSchema = z.object({
  id: sourceId.nullable(),
  kind: z.string().max(40),
  label: z.string().max(200, "longer than 200 characters"),
  baseUrl: z.string().max(2048),
  allowPlainHttp: z.boolean(),
  key: keyInputSchema,
  /** Further secrets by name. */
  secrets: z.record(z.string().min(1).max(40), keyInputSchema).default({}),
  options: z.record(z.string().max(60), z.unknown()),
  /**
   * Further addresses of the same gateway, in the order in which they stand in for it; absent: those that the source has. The key
   * counts where a spare has another origin than `baseUrl`, and is bound to that.
   */
  spares: z
    .array(z.object({ baseUrl: z.string().max(2048), key: keyInputSchema }))
    .max(MAX_SPARES)
    .optional(),
});
export type SourceDraft = z.infer<typeof sourceDraftSchema>;
/** A draft as it is sent: without further secrets where there are none. */
export type SentDraft = z.input<typeof sourceDraftSchema>;

/** What a test before saving found: the reading or the named cause, always with the trace. */
export const testResultSchema = z.object({
  outcome: z.discriminatedUnion("type", [
    z.object({ type: z.literal("reading"), reading: readingSchema }),
    z.object({ type: z.literal("failure"), failure: failureSchema }),
    z.object({ type: z.literal("needs-key"), reason: missingKeySchema, detail: z.string().nullable() }),
  ]),
  trace: z.array(traceStepSchema),
});
export type TestResult = z.infer<typeof testResultSchema>;

/** An address (or a text that holds it) and a key of which nothing else is known. The key may be in the text. */
export const probeInputSchema = z.object({
  address: z.string().max(65_536),
  key: keyInputSchema.nullable(),
  allowPlainHttp: z.boolean(),
});

/** What a probe found, or why there was no key to probe with. */
export const probeReplySchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("result"), result: probeResultSchema }),
  z.object({ type: z.literal("needs-key"), reason: missingKeySchema, detail: z.string().nullable() }),
]);
export type ProbeReply = z.infer<typeof probeReplySchema>;

/** What an endpoint answered to the request of a draft: the JSON body without secrets, or the named cause. */
export const sampleResultSchema = z.object({
  outcome: z.discriminatedUnion("type", [
    z.object({ type: z.literal("answer"), body: z.unknown() }),
    z.object({ type: z.literal("failure"), failure: failureSchema }),
    z.object({ type: z.literal("needs-key"), reason: missingKeySchema, detail: z.string().nullable() }),
  ]),
  trace: z.array(traceStepSchema),
});
export type SampleResult = z.infer<typeof sampleResultSchema>;

/** A kind of source, as the picker shows it. */
export const kindInfoSchema = z.object({
  id: z.string(),
  name: z.string(),
  group: z.enum(["gateway", "provider"]),
  defaultBaseUrl: z.string().nullable(),
  otherBaseUrls: z.array(z.string()),
  /** What it reads and which key it takes, a clause each. */
  reads: z.string(),
  keyNote: z.string(),
  minIntervalSeconds: z.number(),
  /** Where its keys usually lie, to suggest. */
  known: z
    .object({
      env: z.array(z.string()),
      files: z.array(z.object({ tool: z.string(), path: z.string(), pointer: z.string() })),
    })
    .optional(),
  optionFields: z.array(
    z.object({
      name: z.string(),
      labelKey: z.string(),
      hintKey: z.string(),
      placeholder: z.string(),
      choices: z.array(z.string()).optional(),
      required: z.boolean().optional(),
      editor: z.literal("mapping").optional(),
    }),
  ),
});
export type KindInfo = z.infer<typeof kindInfoSchema>;

export const vaultStatusSchema = z.object({
  /** `not-checked`: no key was needed yet, so the keyring was left alone. */
  kind: z.enum(["not-checked", "os-keyring", "session-only", "unprotected-file"]),
  backend: z.string(),
  problem: z.string().nullable(),
});

export const hostInfoSchema = z.object({
  face: z.enum(["desktop", "web", "cli"]),
  version: z.string(),
  /** node:os platform id. */
  platform: z.string(),
  settingsPath: z.string(),
  /** The face that polls and writes for this one; absent where this one does it itself. `lostSince`: it is not reached since then. */
  attachedTo: z
    .object({ face: z.enum(["desktop", "web", "cli"]), pid: z.number(), lostSince: z.number().nullable() })
    .optional(),
});
export type HostInfo = z.infer<typeof hostInfoSchema>;

/**
 * All that the UI knows, at one revision. Times are epoch milliseconds of the host's clock.
 * `configs` are the user's own sources in their order; `sources` are the states of what is shown (the demo's, when it is on).
 */
export const appStateSchema = z.object({
  revision: z.number(),
  sources: z.array(sourceStateSchema),
  configs: z.array(sourceConfigSchema),
  removed: z.array(z.object({ id: z.string(), label: z.string(), undoUntil: z.number() })),
  preferences: preferencesSchema,
  vault: vaultStatusSchema,
  /** `shown`: the demo stands in for sources; `hidden`: it would, but the user hid it; `none`: there are real sources. */
  demo: z.enum(["shown", "hidden", "none"]),
  settingsProblems: z.array(settingsProblemSchema),
  settingsReadOnly: z.boolean(),
  /** Alerts not yet dismissed, newest first, for the banner. */
  alerts: z.array(alertSchema),
  /** The user's own limits; each is shown among `sources`, too. */
  budgets: z.array(budgetSchema),
  /** Where alerts go beside the faces. No address and no token is in it. */
  sinks: z.array(sinkConfigSchema),
  snoozes: z.array(snoozeSchema),
  /** When the quiet hours that are in force end; null when none are. */
  quietUntil: z.number().nullable(),
  metrics: metricsStatusSchema,
  host: hostInfoSchema,
});
export type AppState = z.infer<typeof appStateSchema>;

/**
 * What changed since `base`. Slices that are absent did not change. `sources` holds the changed and new ones;
 * `order` lists all ids when one came, went or moved. A receiver that is not at `base` asks for the state again.
 */
export const statePatchSchema = appStateSchema
  .omit({ revision: true })
  .partial()
  .extend({ base: z.number(), revision: z.number(), order: z.array(z.string()).optional() });
export type StatePatch = z.infer<typeof statePatchSchema>;

/** Where the settings open: at their beginning, at the form for a new source, at a source's own, or at another page. */
export const settingsPlaceSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("start") }),
  z.object({ type: z.literal("add") }),
  z.object({ type: z.literal("source"), sourceId }),
  z.object({ type: z.literal("alerts") }),
  z.object({ type: z.literal("budgets") }),
  /** Of one source, or of all. */
  z.object({ type: z.literal("history"), sourceId: z.string().min(1).max(80).nullable() }),
]);
export type SettingsPlace = z.infer<typeof settingsPlaceSchema>;

/** Every message between a host and the UI. Hosts, preload, bridge and test doubles are derived from this value. */
export const contract = {
  state: {
    get: invoke(z.undefined(), appStateSchema),
    changed: push(statePatchSchema),
  },
  sources: {
    kinds: invoke(z.undefined(), z.array(kindInfoSchema)),
    test: invoke(sourceDraftSchema, testResultSchema),
    /** Asks once as the draft's definition says, which may describe no meter yet. Saves nothing. */
    sample: invoke(sourceDraftSchema, sampleResultSchema),
    /** Finds out which kind answers at an address, and what it tells. Saves nothing. */
    probe: invoke(probeInputSchema, probeReplySchema),
    /** Saves a new source (`id` null) or an edited one; returns its id. */
    save: invoke(sourceDraftSchema, z.object({ id: z.string() })),
    /** Looks where known tools keep keys on the host's computer, because the user asked. Sends, saves and changes nothing. */
    discover: invoke(z.undefined(), discoverySchema),
    /** The small changes that need no test. */
    adjust: invoke(
      z.object({
        id: sourceId,
        label: z.string().max(200).optional(),
        muted: z.boolean().optional(),
        paused: z.boolean().optional(),
        intervalSeconds: z.number().nullable().optional(),
        thresholds: thresholdsSchema.nullable().optional(),
        alertRules: ownAlertRulesSchema.nullable().optional(),
        /** Replaces what one meter sets otherwise; `settings` null: nothing any more. */
        meter: z.object({ id: meterId, settings: meterSettingsSchema.nullable() }).optional(),
        group: z.string().max(80).nullable().optional(),
      }),
      z.undefined(),
    ),
    reorder: invoke(z.object({ ids: z.array(sourceId).max(10_000) }), z.undefined()),
    remove: invoke(z.object({ id: sourceId }), z.object({ undoUntil: z.number() })),
    restore: invoke(z.object({ id: sourceId }), z.undefined()),
    /** Polls one source now, or all when `id` is null; resolves when asked, not when done. */
    refresh: invoke(z.object({ id: sourceId.nullable() }), z.undefined()),
  },
  preferences: {
    set: invoke(preferencesSchema.partial(), z.undefined()),
  },
  alerts: {
    /** Several at once come as one. */
    raised: push(alertDeliverySchema),
    /** The log has a new entry, of this moment. */
    logged: push(z.object({ at: z.number() })),
    dismiss: invoke(z.object({ id: z.string().max(300) }), z.undefined()),
    /** Shows one sample alert natively because the user asked; says whether the platform showed it. */
    sample: invoke(z.undefined(), z.object({ shown: z.boolean() })),
    /** What fired and what was held back, newest first. */
    log: invoke(
      z.object({ before: z.number().nullable(), limit: z.number().int().min(1).max(200) }),
      z.object({ entries: z.array(alertLogEntrySchema), complete: z.boolean() }),
    ),
    /** Holds alerts back for an hour, until the meter resets, or until tomorrow morning; what is still true then is told. */
    snooze: invoke(
      z.object({ ...snoozeTarget, until: z.enum(["hour", "reset", "tomorrow"]) }),
      z.object({ until: z.number() }),
    ),
    unsnooze: invoke(z.object(snoozeTarget), z.undefined()),
    /** Sends one sample through a configured sink because the user asked. */
    testSink: invoke(z.object({ id: sourceId }), z.object({ ok: z.boolean(), detail: z.string().nullable() })),
  },
  sinks: {
    /** Saves a new webhook (`id` null) or an edited one; returns its id. */
    save: invoke(webhookDraftSchema, z.object({ id: z.string() })),
    /** What may be changed of any sink; a command's program is set in a terminal only. */
    adjust: invoke(
      z.object({ id: sourceId, label: z.string().max(200).optional(), enabled: z.boolean().optional() }),
      z.undefined(),
    ),
    remove: invoke(z.object({ id: sourceId }), z.undefined()),
  },
  budgets: {
    /** Saves a new budget (`id` null) or an edited one; returns its id. */
    save: invoke(budgetSchema.extend({ id: sourceId.nullable() }), z.object({ id: z.string() })),
    remove: invoke(z.object({ id: sourceId }), z.undefined()),
  },
  history: {
    status: invoke(z.undefined(), historyStatusSchema),
    view: invoke(historyQuerySchema, historyViewSchema),
    /** The file as text; null where the host has asked where to save it by itself (or its user thought better of it). */
    export: invoke(historyExportSchema, z.object({ file: historyFileSchema.nullable() })),
  },
  shell: {
    openSettings: invoke(settingsPlaceSchema, z.undefined()),
    /** Told by the host when a notification or link asks the UI to show a source. */
    showSource: push(z.object({ sourceId })),
  },
} as const satisfies ContractShape;

export type Contract = typeof contract;
export type CallName = InvokeName<Contract>;
export type EventName = PushName<Contract>;
export type CallInput<P extends CallName> = InputOf<Contract, P>;
export type CallParsedInput<P extends CallName> = ParsedInputOf<Contract, P>;
export type CallOutput<P extends CallName> = OutputOf<Contract, P>;
export type EventValue<P extends EventName> = ValueOf<Contract, P>;

/** How every call ends: never a raw exception. */
export type CallResult<P extends CallName> =
  | { readonly ok: true; readonly value: CallOutput<P> }
  | { readonly ok: false; readonly error: CallError };

/** The UI's view of a host, over IPC or a socket. */
export interface HostBridge {
  call<P extends CallName>(name: P, input: CallInput<P>): Promise<CallResult<P>>;
  /** Returns the function that stops listening. */
  on<P extends EventName>(name: P, listener: (value: EventValue<P>) => void): () => void;
}
