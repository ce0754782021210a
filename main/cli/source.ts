import { text } from "node:stream/consumers";
import * as z from "zod";
import type { CallError, SourceDraft } from "../../app/contract/contract.ts";
import { CallFailure } from "../../app/contract/host.ts";
import { acceptDraft } from "../../app/settings/draft.ts";
import type { SourceConfig } from "../../app/settings/schema.ts";
import { findSource, sources as registry } from "../../app/sources/registry.ts";
import { callErrorWords } from "./call-error-words.ts";
import { EXIT } from "./exit-codes.ts";
import { readMappingFile, secretInputs } from "./mapping-file.ts";
import { profileOption, withEngine } from "./session.ts";
import { createWording } from "./wording.ts";

const addOptionsSchema = z.object({
  kind: z.string(),
  url: z.string().optional(),
  keyEnv: z.string().optional(),
  keyStdin: z.boolean().default(false),
  keyFile: z.string().optional(),
  keyPointer: z.string().optional(),
  label: z.string().default(""),
  quotaPath: z.string().optional(),
  option: z.array(z.string()).default([]),
  mapping: z.string().optional(),
  secretEnv: z.array(z.string()).default([]),
  allowPlainHttp: z.boolean().default(false),
  profile: profileOption,
});
type AddOptions = z.output<typeof addOptionsSchema>;

/** `plimsoll source add`: saves a gateway and prints its id, and nothing else, on standard output. */
export async function addSource(raw: unknown): Promise<number> {
  const options = addOptionsSchema.parse(raw);
  const wrong = usageProblem(options);
  if (wrong !== null) return complain(wrong, EXIT.wrongUsage);
  const mapping = options.mapping === undefined ? null : await readMappingFile(options.mapping, options.kind);
  if (mapping?.ok === false) return complain(mapping.problem, EXIT.wrongUsage);
  const secrets = secretInputs(options.secretEnv);
  if (secrets === null) return complain("--secret-env takes name=VARIABLE", EXIT.wrongUsage);
  for (const note of mapping?.leftOut ?? []) process.stderr.write(`plimsoll: note: ${note}\n`);
  return withEngine({ profile: options.profile, demo: "off" }, async (session) => {
    const draft: SourceDraft = {
      id: null,
      kind: options.kind,
      label: options.label,
      baseUrl: options.url ?? findSource(options.kind)?.defaultBaseUrl ?? "",
      allowPlainHttp: options.allowPlainHttp,
      key: await keyInput(options),
      secrets,
      options: { ...kindOptions(options), ...mapping?.options },
    };
    const refused = await refusalOf(draft);
    if (refused !== null) return complain(callErrorWords(refused, createWording().t), exitFor(refused));
    if (options.keyStdin) {
      const vault = await session.ports.vault.status();
      // This command ends at once, and a key kept "for this session" would end with it.
      if (vault.kind === "session-only") {
        return complain(
          `there is no system keyring to keep the key in (${vault.problem ?? vault.backend}). Nothing was saved. ` +
            "Put the key into an environment variable and use --key-env NAME, or enter it in `plimsoll serve` for that session",
          EXIT.failed,
        );
      }
    }
    const result = await session.engine.handle("sources.save", draft);
    if (!result.ok) return complain(callErrorWords(result.error, createWording().t), exitFor(result.error));
    process.stdout.write(`${z.object({ id: z.string() }).parse(result.value).id}\n`);
    return EXIT.fine;
  });
}

async function keyInput({ keyStdin, keyFile, keyPointer, keyEnv }: AddOptions): Promise<SourceDraft["key"]> {
  if (keyStdin) return { type: "secret", secret: await text(process.stdin) };
  if (keyFile !== undefined) return { type: "file", path: keyFile, pointer: keyPointer ?? "" };
  return { type: "env", name: keyEnv ?? "" };
}

/** Why the draft would not be accepted, so that a mistake in it is told before anything about the keyring; null when it would. */
async function refusalOf(draft: SourceDraft): Promise<CallError | null> {
  try {
    await acceptDraft(draft, null, () => "new");
    return null;
  } catch (error) {
    if (error instanceof CallFailure) return error.error;
    throw error;
  }
}

function usageProblem(options: AddOptions): string | null {
  const descriptor = findSource(options.kind);
  if (descriptor === undefined) {
    return `there is no kind "${options.kind.slice(0, 40)}". Known: ${registry.map(({ id }) => id).join(", ")}`;
  }
  if (options.url === undefined && descriptor.defaultBaseUrl === null) {
    return `--url is needed: the kind ${descriptor.id} may run anywhere`;
  }
  if (!options.keyStdin && options.keyEnv === undefined && options.keyFile === undefined) {
    return "--key-env NAME, --key-file PATH or --key-stdin is needed";
  }
  if ((options.keyFile === undefined) !== (options.keyPointer === undefined)) {
    return "--key-file PATH and --key-pointer POINTER go together";
  }
  const malformed = options.option.find((entry) => !/^[A-Za-z][A-Za-z0-9]*=/.test(entry));
  return malformed === undefined ? null : "--option takes name=value";
}

function kindOptions(options: AddOptions): Record<string, unknown> {
  const pairs = options.option.map((entry) => {
    const at = entry.indexOf("=");
    return [entry.slice(0, at), entry.slice(at + 1)];
  });
  const quotaPath = options.quotaPath === undefined ? {} : { quotaPath: options.quotaPath };
  return { ...Object.fromEntries(pairs), ...quotaPath };
}

const listOptionsSchema = z.object({ json: z.boolean().default(false), profile: profileOption });

/** `plimsoll source list`: the saved gateways, without polling them. */
export function listSources(raw: unknown): Promise<number> {
  const options = listOptionsSchema.parse(raw);
  return withEngine({ profile: options.profile, demo: "off" }, async ({ engine }) => {
    const { configs } = engine.state();
    if (options.json) {
      const rows = configs.map(({ id, kind, label, baseUrl, credential, muted, paused }) => ({
        id,
        kind,
        label,
        baseUrl,
        key: keyCode(credential),
        muted,
        paused,
      }));
      process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
      return EXIT.fine;
    }
    if (configs.length === 0) process.stdout.write("No sources yet.\n");
    for (const config of configs) {
      process.stdout.write(
        `${config.id}  ${config.label}\n    ${config.kind} at ${config.baseUrl}, key from ${keyPlace(config)}\n`,
      );
    }
    return EXIT.fine;
  });
}

const profileOnlySchema = z.object({ profile: profileOption });

/** `plimsoll source test ID`: polls one gateway and prints trace and outcome. */
export function testSource(id: string, raw: unknown): Promise<number> {
  const options = profileOnlySchema.parse(raw);
  return withEngine({ profile: options.profile, demo: "off" }, async (session) => {
    const config = session.engine.state().configs.find((source) => source.id === id);
    if (config === undefined) return unknownId();
    const result = await session.engine.handle("sources.test", {
      ...config,
      key: { type: "keep" },
    });
    if (!result.ok) return complain(callErrorWords(result.error, createWording().t), exitFor(result.error));
    const { testResultSchema } = await import("../../app/contract/contract.ts");
    const { testReport } = await import("./test-report.ts");
    const outcome = testResultSchema.parse(result.value);
    process.stdout.write(testReport(outcome, session.ports.clock.now(), createWording()));
    return outcome.outcome.type === "reading" ? EXIT.fine : EXIT.sourceFailed;
  });
}

/** `plimsoll source remove ID`: forgets a gateway, and its key with it. */
export function removeSource(id: string, raw: unknown): Promise<number> {
  const options = profileOnlySchema.parse(raw);
  return withEngine({ profile: options.profile, demo: "off" }, async (session) => {
    const config = session.engine.state().configs.find((source) => source.id === id);
    if (config === undefined) return unknownId();
    const result = await session.engine.handle("sources.remove", { id });
    if (!result.ok) return complain(callErrorWords(result.error, createWording().t), exitFor(result.error));
    await session.engine.forgetRemoved();
    process.stderr.write(`Removed ${config.label}.\n`);
    return EXIT.fine;
  });
}

function unknownId(): number {
  return complain("there is no source with this id; `plimsoll source list` prints them", EXIT.wrongUsage);
}

function keyCode(credential: SourceConfig["credential"]): string {
  switch (credential.type) {
    case "env":
      return `env:${credential.name}`;
    case "file":
      return `file:${credential.path}#${credential.pointer}`;
    case "vault":
      return "keyring";
  }
}

function keyPlace(config: SourceConfig): string {
  const { credential } = config;
  switch (credential.type) {
    case "env":
      return `the environment variable ${credential.name}`;
    case "file":
      return `the file ${credential.path} at ${credential.pointer}`;
    case "vault":
      return "the system keyring";
  }
}

function complain(message: string, exitCode: number): number {
  process.stderr.write(`plimsoll: ${message}.\n`.replace(/\.\.\n$/, ".\n"));
  return exitCode;
}

/** What the user gave was wrong (2), or it was right and could not be done (1). */
function exitFor(error: CallError): number {
  switch (error.code) {
    case "invalid-input":
    case "invalid-address":
    case "plain-http-needs-consent":
    case "invalid-key":
    case "key-required":
    case "unknown-source":
    case "unknown-kind":
    case "invalid-options":
      return EXIT.wrongUsage;
    case "settings-read-only":
    case "settings-not-saved":
    case "key-not-saved":
    case "undo-expired":
    case "internal":
      return EXIT.failed;
  }
}
