import { resolve } from "node:path";
import * as z from "zod";
import { type KeyInput, type ProbeReply, probeReplySchema, type SourceDraft } from "../../app/contract/contract.ts";
import { checkKey } from "../../app/settings/key-format.ts";
import { isKnownHost } from "../../app/sources/probe/clues.ts";
import { MAX_PASTE, understandPaste } from "../../app/sources/probe/pasted.ts";
import type { PasteProblem } from "../../app/sources/probe/pasted-found.ts";
import type { ProbeResult } from "../../app/sources/probe/result.ts";
import { sources } from "../../app/sources/registry.ts";
import { missingKeyWords } from "../../app/wording/status-words.ts";
import { callErrorWords } from "./call-error-words.ts";
import { EXIT } from "./exit-codes.ts";
import { probeJson, probeReport } from "./probe-report.ts";
import { profileOption, type Session, withEngine } from "./session.ts";
import { readStandardInput } from "./standard-input.ts";
import { createWording } from "./wording.ts";

/** Where address and key come from, as `source add` and `probe` take it. */
export const givenOptionsSchema = z.object({
  url: z.string().optional(),
  keyEnv: z.string().optional(),
  keyStdin: z.boolean().default(false),
  keyFile: z.string().optional(),
  keyPointer: z.string().optional(),
  paste: z.boolean().default(false),
  allowPlainHttp: z.boolean().default(false),
  label: z.string().optional(),
  profile: profileOption,
});
export type GivenOptions = z.output<typeof givenOptionsSchema>;

/** An address and a key to probe with, or what is wrong with what was given. */
export type Given =
  | { readonly ok: true; readonly address: string; readonly key: KeyInput }
  | { readonly ok: false; readonly problem: string };

/** Takes address and key from the options and from standard input. */
export async function takeGiven(options: GivenOptions): Promise<Given> {
  const problem = flagProblem(options);
  if (problem !== null) return { ok: false, problem };
  const given = await givenBy(options);
  if (!given.ok || !holdsKey(options.label ?? "", given.key)) return given;
  return { ok: false, problem: "what --label says is a key or holds one; a name is shown everywhere, so give another" };
}

async function givenBy(options: GivenOptions): Promise<Given> {
  const flagged = keyOfFlags(options);
  if (options.paste) return takePasted(await readStandardInput(MAX_PASTE), options.url, flagged);
  if (!options.keyStdin) {
    return flagged === null
      ? { ok: false, problem: KEY_NEEDED }
      : { ok: true, address: options.url ?? "", key: flagged };
  }
  const key = checkKey(await readStandardInput(MAX_PASTE));
  if (!key.ok) return { ok: false, problem: createWording().t(`keyProblem.${key.problem}`) };
  return { ok: true, address: options.url ?? "", key: { type: "secret", secret: key.key } };
}

/** Whether a name is the key itself, or begins as keys do. */
function holdsKey(label: string, key: KeyInput): boolean {
  const secret = key.type === "secret" ? key.secret : key.type === "env" ? (process.env[key.name] ?? "").trim() : "";
  return (secret.length >= 8 && label.includes(secret)) || /(?:^|\s)(?:sk|pk|rk|tok|key)[-_][\w-]{16,}/i.test(label);
}

const KEY_NEEDED = "--key-env NAME, --key-file PATH or --key-stdin is needed";

function flagProblem({ paste, keyStdin, keyEnv, keyFile, keyPointer }: GivenOptions): string | null {
  if (keyEnv !== undefined && process.env[keyEnv] === undefined && looksLikeKey(keyEnv)) {
    return "--key-env takes the name of a variable, and not the key itself: --key-stdin reads a key from standard input";
  }
  if (paste && keyStdin)
    return "--paste and --key-stdin both read standard input: what is pasted may hold the key, too";
  return (keyFile === undefined) === (keyPointer === undefined)
    ? null
    : "--key-file PATH and --key-pointer POINTER go together";
}

/** No variable is called so. */
function looksLikeKey(name: string): boolean {
  return !/^\w*$/.test(name) || (name.length >= 16 && /[a-z]/.test(name) && /\d/.test(name));
}

function keyOfFlags({ keyEnv, keyFile, keyPointer }: GivenOptions): KeyInput | null {
  if (keyFile !== undefined) return { type: "file", path: absolute(keyFile), pointer: keyPointer ?? "" };
  return keyEnv === undefined ? null : { type: "env", name: keyEnv };
}

/** What is relative is so to where this command runs, and polls run elsewhere. Homes and variables are looked up at each poll. */
function absolute(path: string): string {
  return /^(?:~(?:[\\/]|$)|[$%])/.test(path) ? path : resolve(path);
}

async function takePasted(pasted: string, url: string | undefined, flagged: KeyInput | null): Promise<Given> {
  const understood = await understandPaste(pasted);
  if (!understood.ok) return { ok: false, problem: pasteWords(understood.problem) };
  const key = flagged ?? understood.key;
  if (key === null) {
    const why = understood.leftOut === null ? "there is no key in what was pasted." : pasteWords(understood.leftOut);
    return { ok: false, problem: `${why} ${KEY_NEEDED}` };
  }
  const told = understood.baseUrl;
  if (flagged === null && url !== undefined && told !== null && !isSameService(url, told)) {
    return {
      ok: false,
      problem: "the key that was pasted stands with another address than --url; give one of the two alone",
    };
  }
  return { ok: true, address: url ?? told ?? "", key };
}

/** Whether two addresses are of one host, or of one service that tells quotas at another than it answers at. */
function isSameService(one: string, other: string): boolean {
  const [a, b] = [hostOf(one), hostOf(other)];
  if (a === null || b === null) return false;
  return (
    a.host === b.host || sources.some((source) => isKnownHost(source, a.hostname) && isKnownHost(source, b.hostname))
  );
}

function hostOf(address: string): URL | null {
  const whole = /^[a-z]+:\/\//i.test(address.trim()) ? address.trim() : `http://${address.trim()}`;
  return URL.canParse(whole) ? new URL(whole) : null;
}

function pasteWords(problem: PasteProblem): string {
  return createWording().t(`probe.paste.${problem}`);
}

const probeOptionsSchema = givenOptionsSchema.extend({ json: z.boolean().default(false) });

/** `plimsoll probe`: says what answers at an address and what it tells, and saves nothing. */
export async function probeAddress(raw: unknown): Promise<number> {
  const options = probeOptionsSchema.parse(raw);
  const given = await takeGiven(options);
  if (!given.ok) return complain(given.problem, EXIT.wrongUsage);
  return withEngine({ profile: options.profile, demo: "off", host: "unasked" }, async (session) => {
    const probed = await probeWith(session, given, options.allowPlainHttp);
    if (!probed.ok) return probed.exitCode;
    const { result } = probed;
    process.stdout.write(
      options.json
        ? `${JSON.stringify(probeJson(result), null, 2)}\n`
        : probeReport(result, Date.now(), createWording(), { trace: true }),
    );
    return result.candidates.length > 0 ? EXIT.fine : EXIT.sourceFailed;
  });
}

type Probed = { readonly ok: true; readonly result: ProbeResult } | { readonly ok: false; readonly exitCode: number };

/** Asks; what stands in the way is told on standard error. */
async function probeWith(
  session: Session,
  { address, key }: Extract<Given, { ok: true }>,
  allowPlainHttp: boolean,
): Promise<Probed> {
  const answer = await session.engine.handle("sources.probe", { address, key, allowPlainHttp });
  if (!answer.ok) {
    return { ok: false, exitCode: complain(callErrorWords(answer.error, createWording().t), EXIT.wrongUsage) };
  }
  const reply: ProbeReply = probeReplySchema.parse(answer.value);
  if (reply.type === "result") return { ok: true, result: reply.result };
  const { title, detail, next } = missingKeyWords(reply.reason, reply.detail, createWording().t);
  return {
    ok: false,
    exitCode: complain(`${title}${detail === null ? "" : ` (${detail})`}. ${next}`, EXIT.sourceFailed),
  };
}

/** What `source add` saves besides what the probe finds. */
export interface RestOfDraft {
  readonly label: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly secrets: SourceDraft["secrets"];
}

/**
 * `plimsoll source add` without a kind: finds out what it is, tells it on standard error, and hands on a draft when there is no
 * doubt. Where there is, the choices are listed, nothing is saved, and the command ends with "wrong usage".
 */
export async function addWhatIsFound(
  session: Session,
  given: Extract<Given, { ok: true }>,
  allowPlainHttp: boolean,
  rest: RestOfDraft,
  save: (draft: SourceDraft) => Promise<number>,
): Promise<number> {
  const probed = await probeWith(session, given, allowPlainHttp);
  if (!probed.ok) return probed.exitCode;
  const { result } = probed;
  process.stderr.write(probeReport(result, Date.now(), createWording(), { trace: false }));
  const [best] = result.candidates;
  switch (result.outcome) {
    case "nothing":
      if (result.reason.code === "no-endpoint") return complain("nothing was saved", EXIT.wrongUsage);
      return complain("nothing was saved; --kind KIND saves it as what you know it to be", EXIT.wrongUsage);
    case "unreachable":
      return complain("nothing was saved", EXIT.sourceFailed);
    case "needs-other-address":
      return complain(
        `nothing was saved or sent there; to agree, give --url ${best?.baseUrl ?? "ADDRESS"}`,
        EXIT.wrongUsage,
      );
    case "ambiguous":
      return complain(
        `nothing was saved; say which it is: ${result.candidates.map(({ kind }) => `--kind ${kind}`).join(" or ")}`,
        EXIT.wrongUsage,
      );
    case "found":
      break;
  }
  if (best === undefined) return complain("nothing was saved", EXIT.failed);
  if (best.keyRefused) {
    return complain(
      `the key was refused, so nothing was saved; --kind ${best.kind} saves it all the same`,
      EXIT.sourceFailed,
    );
  }
  return save({
    id: null,
    kind: best.kind,
    label: rest.label,
    baseUrl: best.baseUrl,
    allowPlainHttp,
    key: given.key,
    secrets: rest.secrets,
    options: { ...best.options, ...rest.options },
  });
}

function complain(message: string, exitCode: number): number {
  process.stderr.write(`plimsoll: ${message}.\n`.replace(/\.\.\n$/, ".\n"));
  return exitCode;
}
