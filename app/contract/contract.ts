import * as z from "zod";
import { alertSchema } from "../alerts/alert.ts";
import { discoverySchema } from "../discovery/discovery.ts";
import { failureSchema, missingKeySchema } from "../quota/failure.ts";
import { readingSchema, traceStepSchema } from "../quota/reading.ts";
import { sourceStateSchema } from "../quota/snapshot.ts";
import { settingsProblemSchema } from "../settings/problem.ts";
import { preferencesSchema, sourceConfigSchema, thresholdsSchema } from "../settings/schema.ts";
import { probeResultSchema } from "../sources/probe/result.ts";
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

/** Why a call was not carried out: closed, worded in `error.<code>`. `detail` is one plain clause without secrets. */
export const callErrorSchema = z.object({
  code: z.enum([
    "invalid-input",
    "invalid-address",
    "plain-http-needs-consent",
    "invalid-key",
    "key-required",
    "unknown-source",
    "unknown-kind",
    "invalid-options",
    "settings-read-only",
    "settings-not-saved",
    "key-not-saved",
    "undo-expired",
    "internal",
  ]),
  detail: z.string().nullable(),
});
export type CallError = z.infer<typeof callErrorSchema>;

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

/** Where the settings open: at their beginning, at the form for a new source, or at a source's own. */
export const settingsPlaceSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("start") }),
  z.object({ type: z.literal("add") }),
  z.object({ type: z.literal("source"), sourceId }),
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
    raised: push(alertSchema),
    dismiss: invoke(z.object({ id: z.string().max(300) }), z.undefined()),
    /** Shows one sample alert natively because the user asked; says whether the platform showed it. */
    sample: invoke(z.undefined(), z.object({ shown: z.boolean() })),
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
