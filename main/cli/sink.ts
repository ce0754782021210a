import { randomUUID } from "node:crypto";
import * as z from "zod";
import { acceptWebhook } from "../../app/alerts/sinks/accept-sink.ts";
import { MOST_SINKS } from "../../app/alerts/sinks/sink-handlers.ts";
import type { CallError } from "../../app/contract/contract.ts";
import { CallFailure } from "../../app/contract/host.ts";
import { openSettings } from "../../app/settings/live-settings.ts";
import {
  type CommandHook,
  commandHookSchema,
  type SinkConfig,
  type WebhookDraft,
  webhookFormatSchema,
} from "../../app/settings/sink-settings.ts";
import { cleanText } from "../../app/sources/clean-text.ts";
import { silentLogger } from "../host/log-file.ts";
import { createSettingsFile, openConf } from "../host/settings-file.ts";
import { callErrorWords } from "./call-error-words.ts";
import { EXIT } from "./exit-codes.ts";
import { findProgram } from "./find-program.ts";
import type { RunningHost } from "./running-host.ts";
import { profileOption, type Session, withEngine } from "./session.ts";
import { readStandardInput } from "./standard-input.ts";
import { createWording } from "./wording.ts";

/** Longer is neither an address nor a token. */
const MAX_INPUT = 16_384;

const webhookOptionsSchema = z.object({
  format: webhookFormatSchema,
  label: z.string().default(""),
  urlStdin: z.boolean().default(false),
  urlEnv: z.string().optional(),
  tokenStdin: z.boolean().default(false),
  profile: profileOption,
});

/** `plimsoll sink add-webhook`: saves where alerts are posted to, and prints its id. */
export async function addWebhook(raw: unknown): Promise<number> {
  const parsed = webhookOptionsSchema.safeParse(raw);
  if (!parsed.success) return complain("--format is one of json, ntfy, slack and discord", EXIT.wrongUsage);
  const options = parsed.data;
  if (options.urlStdin === (options.urlEnv !== undefined)) {
    return complain("--url-stdin or --url-env NAME is needed, and not both", EXIT.wrongUsage);
  }
  return withEngine({ profile: options.profile, demo: "off", host: "needed" }, async (session) => {
    const draft = await draftOf(options);
    if (typeof draft === "string") return complain(draft, EXIT.wrongUsage);
    const wrong = await refusalOf(draft);
    if (wrong !== null) return refused(wrong);
    const hasSecret = draft.address.type === "secret" || draft.token.type === "secret";
    if (hasSecret && session.running === null) {
      const vault = await session.ports.vault.status();
      // This command ends at once, and what is kept "for this session" would end with it.
      if (vault.kind === "session-only") {
        return complain(
          `its secrets cannot be kept in the system keyring: ${vault.problem ?? vault.backend}. Nothing was saved. ` +
            "Put the address into an environment variable and use --url-env NAME",
          EXIT.failed,
        );
      }
    }
    const result = await session.engine.handle("sinks.save", draft);
    if (!result.ok) return refused(result.error);
    process.stdout.write(`${z.object({ id: z.string() }).parse(result.value).id}\n`);
    if (hasSecret && session.running !== null) await tellSecretsPlace(session, session.running);
    return EXIT.fine;
  });
}

/** Why a draft would not be accepted, so that a mistake in it is told before anything about the keyring; null when it may be. */
async function refusalOf(draft: WebhookDraft): Promise<CallError | null> {
  // A variable counts where the alerts are sent, which may be elsewhere.
  if (draft.address.type !== "secret") return null;
  try {
    const none = { savedAddress: async () => null, variable: () => null, otherLabels: [] };
    await acceptWebhook(draft, null, { newId: () => "new", ...none });
    return null;
  } catch (error) {
    if (error instanceof CallFailure) return error.error;
    throw error;
  }
}

/** Says that a running host keeps the secrets only as long as it runs, where that is so. */
async function tellSecretsPlace({ engine }: Session, running: RunningHost): Promise<void> {
  await running.reload();
  const { vault } = engine.state();
  if (vault.kind !== "session-only") return;
  process.stderr.write(
    `plimsoll: note: its secrets are kept only as long as Plimsoll (${running.name}) runs, because ${vault.problem ?? vault.backend}.\n`,
  );
}

/** What to save, or what is wrong. With both secrets on standard input the address is its first line and the token the second. */
async function draftOf(options: z.output<typeof webhookOptionsSchema>): Promise<WebhookDraft | string> {
  const { format, label, urlStdin, urlEnv, tokenStdin } = options;
  const lines = urlStdin || tokenStdin ? (await readStandardInput(MAX_INPUT)).trim().split(/\r?\n/) : [];
  const wanted = Number(urlStdin) + Number(tokenStdin);
  if (lines.length > wanted) {
    return wanted === 2
      ? "standard input has the address on its first line and the token on its second, and nothing more"
      : "standard input holds more than one line";
  }
  const url = urlStdin ? (lines[0] ?? "") : "";
  const token = tokenStdin ? (lines[urlStdin ? 1 : 0] ?? "") : "";
  if (url.length > MAX_ADDRESS || token.length > MAX_ADDRESS) return "the address or the token is too long";
  return {
    id: null,
    label: label.slice(0, 200),
    enabled: true,
    format,
    address: urlEnv === undefined ? { type: "secret", url } : { type: "env", name: urlEnv.slice(0, 200) },
    token: tokenStdin ? { type: "secret", secret: token } : { type: "none" },
  };
}

/** As the contract takes them. */
const MAX_ADDRESS = 4096;

const commandOptionsSchema = z.object({
  label: z.string().default(""),
  timeout: z.number().int().optional(),
  profile: profileOption,
});

/** `plimsoll sink add-command -- PROGRAM ARGUMENT…`: saves a program to run at each alert, and prints its id. */
export async function addCommand(argv: readonly string[], raw: unknown): Promise<number> {
  const options = commandOptionsSchema.parse(raw);
  const found = findProgram(argv[0] ?? "");
  if (!found.ok) return complain(found.problem, EXIT.wrongUsage);
  const hook = commandHookSchema.safeParse({
    type: "command",
    id: randomUUID(),
    label: cleanText(options.label) || cleanText(found.name),
    argv: [found.path, ...argv.slice(1)],
    timeoutSeconds: options.timeout,
  });
  if (!hook.success) {
    return complain("a command has at most 64 arguments of at most 4,096 characters each", EXIT.wrongUsage);
  }
  return withEngine({ profile: options.profile, demo: "off", host: "needed" }, (session) =>
    saveCommand(session, hook.data),
  );
}

/**
 * Writes the settings by itself: there is no call for this, because whoever can make calls (a page) must not be able to choose what
 * runs here. A call that changes nothing then lets whoever polls on this profile take it up.
 */
async function saveCommand(session: Session, hook: CommandHook): Promise<number> {
  const directory = session.profileDir;
  const settings = await openSettings(createSettingsFile({ directory, openStore: openConf(directory) }), silentLogger);
  if (settings.current().sinks.length >= MOST_SINKS) {
    return complain(`there are ${MOST_SINKS} sinks already, which is the most`, EXIT.wrongUsage);
  }
  try {
    await settings.change((current) => ({ ...current, sinks: [...current.sinks, hook] }));
  } catch (error) {
    if (error instanceof CallFailure) return refused(error.error);
    throw error;
  }
  const told = await session.engine.handle("preferences.set", {});
  if (!told.ok) return refused(told.error);
  process.stdout.write(`${hook.id}\n`);
  return EXIT.fine;
}

const listOptionsSchema = z.object({ json: z.boolean().default(false), profile: profileOption });

/** `plimsoll sink list`: where alerts go beside the faces. */
export function listSinks(raw: unknown): Promise<number> {
  const options = listOptionsSchema.parse(raw);
  return withEngine({ profile: options.profile, demo: "off", host: "preferred" }, async ({ engine }) => {
    const { sinks } = engine.state();
    if (options.json) process.stdout.write(`${JSON.stringify(sinks.map(sinkJson), null, 2)}\n`);
    else if (sinks.length === 0) process.stdout.write("No sinks yet.\n");
    else process.stdout.write(sinks.map(sinkText).join(""));
    return EXIT.fine;
  });
}

function sinkJson(sink: SinkConfig): object {
  const { id, type, label, enabled } = sink;
  if (sink.type === "command")
    return { id, type, label, enabled, argv: sink.argv, timeoutSeconds: sink.timeoutSeconds };
  const address = sink.address.type === "env" ? `env:${sink.address.name}` : "keyring";
  return { id, type, label, enabled, format: sink.format, origin: sink.origin, address, hasToken: sink.hasToken };
}

function sinkText(sink: SinkConfig): string {
  const off = sink.enabled ? "" : " (switched off)";
  return `${sink.id}  ${sink.label}${off}\n    ${sinkDetails(sink)}\n`;
}

function sinkDetails(sink: SinkConfig): string {
  if (sink.type === "command") {
    return `runs ${sink.argv.map((part) => JSON.stringify(part)).join(" ")}, for at most ${sink.timeoutSeconds} s`;
  }
  const place = sink.address.type === "env" ? `the environment variable ${sink.address.name}` : "the system keyring";
  return `${sink.format} to ${sink.origin}, address from ${place}${sink.hasToken ? ", with a token" : ""}`;
}

const profileOnlySchema = z.object({ profile: profileOption });

/** `plimsoll sink test ID`: sends one sample alert through a sink and says what came of it. */
export function testSink(id: string, raw: unknown): Promise<number> {
  const options = profileOnlySchema.parse(raw);
  return withEngine({ profile: options.profile, demo: "off", host: "preferred" }, async ({ engine }) => {
    const result = await engine.handle("alerts.testSink", { id });
    if (!result.ok) return refused(result.error);
    const { ok, detail } = z.object({ ok: z.boolean(), detail: z.string().nullable() }).parse(result.value);
    const words = ok ? "delivered" : "not delivered";
    process.stdout.write(`${detail === null ? words : `${words}: ${detail}`}\n`);
    return ok ? EXIT.fine : EXIT.failed;
  });
}

/** `plimsoll sink remove ID`: forgets a sink, and its secrets with it. */
export function removeSink(id: string, raw: unknown): Promise<number> {
  const options = profileOnlySchema.parse(raw);
  return withEngine({ profile: options.profile, demo: "off", host: "needed" }, async ({ engine }) => {
    const label = engine.state().sinks.find((sink) => sink.id === id)?.label ?? id;
    const result = await engine.handle("sinks.remove", { id });
    if (!result.ok) return refused(result.error);
    process.stderr.write(`Removed ${label}.\n`);
    return EXIT.fine;
  });
}

function refused(error: CallError): number {
  const usage = ["invalid-input", "invalid-address", "invalid-key", "key-required", "unknown-sink"];
  return complain(callErrorWords(error, createWording().t), usage.includes(error.code) ? EXIT.wrongUsage : EXIT.failed);
}

function complain(message: string, exitCode: number): number {
  process.stderr.write(`plimsoll: ${message}.\n`.replace(/\.\.\n$/, ".\n"));
  return exitCode;
}
