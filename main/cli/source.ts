import * as z from "zod";
import type { CallError, KeyInput, SourceDraft } from "../../app/contract/contract.ts";
import { CallFailure } from "../../app/contract/host.ts";
import { acceptDraft } from "../../app/settings/draft.ts";
import type { SourceConfig } from "../../app/settings/schema.ts";
import { findSource, sources as registry } from "../../app/sources/registry.ts";
import { callErrorWords } from "./call-error-words.ts";
import { EXIT } from "./exit-codes.ts";
import { tellKeyPlace } from "./key-place.ts";
import { mappingProblem, readMappingFile, secretInputs } from "./mapping-file.ts";
import { addWhatIsFound, givenOptionsSchema, takeGiven } from "./probe.ts";
import { profileOption, type Session, withEngine } from "./session.ts";
import { createWording } from "./wording.ts";

const addOptionsSchema = givenOptionsSchema.extend({
  kind: z.string().optional(),
  label: z.string().default(""),
  quotaPath: z.string().optional(),
  option: z.array(z.string()).default([]),
  mapping: z.string().optional(),
  secretEnv: z.array(z.string()).default([]),
  spareUrl: z.array(z.string()).default([]),
});
/** With the kind that the user named. */
type AddOptions = z.output<typeof addOptionsSchema> & { readonly kind: string };

/** `plimsoll source add`: saves a gateway and prints its id, and nothing else, on standard output. */
export async function addSource(raw: unknown): Promise<number> {
  const { kind, ...others } = addOptionsSchema.parse(raw);
  return kind === undefined ? addFound(others) : addNamed({ ...others, kind });
}

/** Without a kind, Plimsoll finds out what it is. */
async function addFound(options: Omit<AddOptions, "kind">): Promise<number> {
  const wrong = optionProblem(options);
  if (wrong !== null) return complain(wrong, EXIT.wrongUsage);
  if (options.mapping !== undefined) return complain("--mapping needs --kind", EXIT.wrongUsage);
  const secrets = secretInputs(options.secretEnv);
  if (secrets === null) return complain("--secret-env takes name=VARIABLE", EXIT.wrongUsage);
  const given = await takeGiven(options);
  if (!given.ok) return complain(given.problem, EXIT.wrongUsage);
  const rest = { label: options.label, options: kindOptions(options), secrets };
  return withEngine({ profile: options.profile, demo: "off", host: "needed" }, (session) =>
    addWhatIsFound(session, given, options.allowPlainHttp, rest, (draft) =>
      saveDraft(session, { ...draft, ...sparesOf(options, draft.key) }),
    ),
  );
}

async function addNamed(options: AddOptions): Promise<number> {
  const wrong = usageProblem(options);
  if (wrong !== null) return complain(wrong, EXIT.wrongUsage);
  const mapping = options.mapping === undefined ? null : await readMappingFile(options.mapping, options.kind);
  if (mapping?.ok === false) return complain(mapping.problem, EXIT.wrongUsage);
  const secrets = secretInputs(options.secretEnv);
  if (secrets === null) return complain("--secret-env takes name=VARIABLE", EXIT.wrongUsage);
  for (const note of mapping?.leftOut ?? []) tell(note);
  const proposal = mapping?.proposal;
  const usual = proposal?.address ?? findSource(options.kind)?.defaultBaseUrl ?? "";
  if (usual === "" && options.url === undefined && !options.paste)
    return complain(urlNeeded(options.kind), EXIT.wrongUsage);
  return withEngine({ profile: options.profile, demo: "off", host: "needed" }, async (session) => {
    const given = await takeGiven(options);
    if (!given.ok) return complain(given.problem, EXIT.wrongUsage);
    // The key goes where a file from elsewhere says: that is told before it does.
    if (given.address === "" && typeof proposal?.address === "string") {
      tell(`the address is ${proposal.address}, as the definition says`);
    }
    return saveDraft(session, {
      id: null,
      kind: options.kind,
      label: options.label === "" ? (proposal?.name ?? "") : options.label,
      baseUrl: given.address === "" ? usual : given.address,
      allowPlainHttp: options.allowPlainHttp,
      key: given.key,
      secrets,
      options: { ...kindOptions(options), ...mapping?.options },
      ...sparesOf(options, given.key),
    });
  });
}

/** Whoever names a spare address beside a key says that it goes there, too. */
function sparesOf({ spareUrl }: Pick<AddOptions, "spareUrl">, key: KeyInput): Pick<SourceDraft, "spares"> {
  return spareUrl.length === 0 ? {} : { spares: spareUrl.map((baseUrl) => ({ baseUrl, key })) };
}

/** Saves a new gateway and prints its id. */
async function saveDraft(session: Session, draft: SourceDraft): Promise<number> {
  const refused = await refusalOf(draft);
  if (refused !== null) return complain(callErrorWords(refused, createWording().t), exitFor(refused));
  if (draft.key.type === "secret" && session.running === null) {
    const vault = await session.ports.vault.status();
    // This command ends at once, and a key kept "for this session" would end with it.
    if (vault.kind === "session-only") {
      return complain(
        `the key cannot be kept in the system keyring: ${vault.problem ?? vault.backend}. Nothing was saved. ` +
          "Put the key into an environment variable and use --key-env NAME, or enter it in `plimsoll serve` for that session",
        EXIT.failed,
      );
    }
  }
  const result = await session.engine.handle("sources.save", draft);
  if (!result.ok) return complain(callErrorWords(result.error, createWording().t), exitFor(result.error));
  process.stdout.write(`${z.object({ id: z.string() }).parse(result.value).id}\n`);
  if (session.running !== null) await tellKeyPlace(session, session.running, draft);
  return EXIT.fine;
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
    // Not repeated: somebody may have put the key there.
    return `there is no such kind. Known: ${registry.map(({ id }) => id).join(", ")}`;
  }
  const missing = mappingProblem(descriptor, options.mapping);
  if (missing !== null) return missing;
  // A definition may bring its own address.
  const elsewhere = options.paste || options.mapping !== undefined || descriptor.defaultBaseUrl !== null;
  if (options.url === undefined && !elsewhere) return urlNeeded(descriptor.id);
  return optionProblem(options);
}

function urlNeeded(kind: string): string {
  return `--url is needed: the kind ${kind} may run anywhere`;
}

function tell(note: string): void {
  process.stderr.write(`plimsoll: note: ${note}.\n`);
}

function optionProblem({ option }: Pick<AddOptions, "option">): string | null {
  const malformed = option.find((entry) => !/^[A-Za-z][A-Za-z0-9]*=/.test(entry));
  return malformed === undefined ? null : "--option takes name=value";
}

function kindOptions(options: Pick<AddOptions, "option" | "quotaPath">): Record<string, unknown> {
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
  return withEngine({ profile: options.profile, demo: "off", host: "preferred" }, async ({ engine }) => {
    const { configs } = engine.state();
    if (options.json) {
      const rows = configs.map(({ id, kind, label, baseUrl, spareBaseUrls, credential, muted, paused }) => ({
        id,
        kind,
        label,
        baseUrl,
        spareBaseUrls,
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
      for (const spare of config.spareBaseUrls) process.stdout.write(`    spare: ${spare}\n`);
    }
    return EXIT.fine;
  });
}

const profileOnlySchema = z.object({ profile: profileOption });

/** `plimsoll source test ID`: polls one gateway and prints trace and outcome. */
export function testSource(id: string, raw: unknown): Promise<number> {
  const options = profileOnlySchema.parse(raw);
  return withEngine({ profile: options.profile, demo: "off", host: "preferred" }, async (session) => {
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
    process.stdout.write(testReport(outcome, Date.now(), createWording()));
    return outcome.outcome.type === "reading" ? EXIT.fine : EXIT.sourceFailed;
  });
}

/** `plimsoll source remove ID`: forgets a gateway, and its key with it. */
export function removeSource(id: string, raw: unknown): Promise<number> {
  const options = profileOnlySchema.parse(raw);
  return withEngine({ profile: options.profile, demo: "off", host: "needed" }, async (session) => {
    const config = session.engine.state().configs.find((source) => source.id === id);
    if (config === undefined) return unknownId();
    const result = await session.engine.handle("sources.remove", { id });
    if (!result.ok) return complain(callErrorWords(result.error, createWording().t), exitFor(result.error));
    if (session.running === null) {
      await session.engine.forgetRemoved();
      process.stderr.write(`Removed ${config.label}.\n`);
    } else {
      process.stderr.write(`Removed ${config.label}. For a minute it can be brought back in the running Plimsoll.\n`);
    }
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
    case "unknown-budget":
    case "unknown-group":
    case "unknown-sink":
    case "invalid-options":
      return EXIT.wrongUsage;
    case "settings-read-only":
    case "settings-not-saved":
    case "key-not-saved":
    case "undo-expired":
    case "host-lost":
    case "history-off":
    case "internal":
      return EXIT.failed;
  }
}
