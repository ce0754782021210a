import stringWidth from "string-width";
import * as z from "zod";
import { type CallError, probeReplySchema, type SentDraft } from "../../app/contract/contract.ts";
import { type Discovery, discoverySchema, type Finding, type LookedAt } from "../../app/discovery/discovery.ts";
import { findingName, outcomeWords, placeWords } from "../../app/wording/discovery-words.ts";
import { callErrorWords } from "./call-error-words.ts";
import { EXIT } from "./exit-codes.ts";
import { profileOption, type Session, withEngine } from "./session.ts";
import { createWording, type Wording } from "./wording.ts";

const optionsSchema = z.object({
  json: z.boolean().default(false),
  all: z.boolean().default(false),
  add: z.array(z.string()).default([]),
  addAll: z.boolean().default(false),
  profile: profileOption,
});

/** `plimsoll discover`: says which keys lie on this computer already, and saves references to those that it is told to. */
export function discoverKeys(raw: unknown): Promise<number> {
  const options = optionsSchema.parse(raw);
  return withEngine({ profile: options.profile, demo: "off" }, async (session) => {
    const answer = await session.engine.handle("sources.discover", undefined);
    if (!answer.ok) return complain(callErrorWords(answer.error, createWording().t), EXIT.failed);
    const found = discoverySchema.parse(answer.value);
    if (options.add.length === 0 && !options.addAll) {
      process.stdout.write(options.json ? json(found, []) : table(found, options.all, createWording()));
      return EXIT.fine;
    }
    const unknown = options.add.find((id) => !found.findings.some((finding) => finding.id === id));
    if (unknown !== undefined) {
      return complain(`nothing was found with the id ${unknown.slice(0, 80)}; nothing was saved`, EXIT.wrongUsage);
    }
    const asked = found.findings.filter(
      ({ id, status, needs }) =>
        options.add.includes(id) || (options.addAll && status === "usable" && needs.length === 0),
    );
    const added: Added[] = [];
    let worst: number = EXIT.fine;
    for (const finding of asked) {
      const outcome = await addFinding(finding, session);
      if (outcome.ok) added.push({ finding: finding.id, source: outcome.source });
      else worst = Math.max(worst, complain(outcome.why, outcome.exit));
    }
    process.stdout.write(options.json ? json(found, added) : added.map(({ source }) => `${source}\n`).join(""));
    return worst;
  });
}

interface Added {
  readonly finding: string;
  readonly source: string;
}

type AddOutcome =
  | { readonly ok: true; readonly source: string }
  | { readonly ok: false; readonly why: string; readonly exit: number };

async function addFinding(finding: Finding, session: Session): Promise<AddOutcome> {
  if (finding.added !== null) return { ok: true, source: finding.added.id };
  const needed = finding.needs.find((need) => need !== "kind");
  if (needed !== undefined) {
    const key = finding.place.type === "env" ? `--key-env ${finding.place.name}` : "--key-file and --key-pointer";
    return {
      ok: false,
      why: `${finding.id} ${NEEDS[needed]}; use \`plimsoll source add\` with ${key}`,
      exit: EXIT.wrongUsage,
    };
  }
  const draft = finding.kind === null ? await recognised(finding, session) : finding.draft;
  if (typeof draft === "string") return { ok: false, why: `${finding.id}: ${draft}`, exit: EXIT.failed };
  const result = await session.engine.handle("sources.save", draft);
  if (!result.ok) return { ok: false, why: `${finding.id}: ${words(result.error)}`, exit: EXIT.failed };
  return { ok: true, source: z.object({ id: z.string() }).parse(result.value).id };
}

const NEEDS = {
  address: "does not say at which address",
  options: "needs options",
  "plain-http": "is at a plain http address",
} as const;

/** Asks a gateway of one's own what it is, now that its key may be sent there; or why that is not known, in one clause. */
async function recognised({ draft }: Finding, session: Session): Promise<SentDraft | string> {
  const answer = await session.engine.handle("sources.probe", {
    address: draft.baseUrl,
    key: draft.key,
    allowPlainHttp: false,
  });
  if (!answer.ok) return words(answer.error);
  const reply = probeReplySchema.parse(answer.value);
  const candidate =
    reply.type === "result" && reply.result.outcome === "found" ? reply.result.candidates[0] : undefined;
  if (candidate === undefined) return "what runs there could not be told; use `plimsoll source add --kind …`";
  return { ...draft, kind: candidate.kind, baseUrl: candidate.baseUrl, options: candidate.options };
}

function words(error: CallError): string {
  return callErrorWords(error, createWording().t);
}

function json({ findings, places }: Discovery, added: readonly Added[]): string {
  const rows = findings.map(({ id, kind, kindName, tool, place, alsoAt, status, added: source, needs, draft }) => ({
    id,
    kind,
    kindName,
    tool,
    place,
    alsoAt,
    state: status,
    address: draft.baseUrl === "" ? null : draft.baseUrl,
    source: source?.id ?? added.find(({ finding }) => finding === id)?.source ?? null,
    needs,
  }));
  return `${JSON.stringify({ schemaVersion: 1, findings: rows, places }, null, 2)}\n`;
}

function table(found: Discovery, all: boolean, wording: Wording): string {
  const { t } = wording;
  const { findings, places } = found;
  const lines: string[] = [];
  const rows = findings.map((finding) => ({
    id: finding.id,
    state: finding.added !== null ? t("discovery.already-added") : t(`discovery.${finding.status}`),
    name: findingName(finding, t),
    where: [finding.place, ...finding.alsoAt].map((place) => placeWords(place, t)),
    tool: finding.tool,
  }));
  const idWidth = Math.max(0, ...rows.map(({ id }) => stringWidth(id)));
  const stateWidth = Math.max(0, ...rows.map(({ state }) => stringWidth(state)));
  for (const { id, state, name, where, tool } of rows) {
    lines.push(`${id.padEnd(idWidth)}  ${state.padEnd(stateWidth)}  ${name}${tool === null ? "" : ` · ${tool}`}`);
    for (const place of where) lines.push(`${" ".repeat(idWidth + stateWidth + 4)}${place}`);
  }
  if (findings.length === 0) lines.push("No key was found where known tools keep them.");
  const addable = findings.filter(({ added }) => added === null);
  lines.push("", "Nothing was sent anywhere, and nothing was saved.");
  const first = addable.find(({ status }) => status === "usable") ?? addable[0];
  if (first !== undefined) lines.push(`To add one:  plimsoll discover --add ${first.id}`);
  if (all) lines.push("", "Looked at:", ...places.map((place) => placeLine(place, wording)));
  else lines.push(`Looked at ${places.length} places; --all lists them with what came of each.`);
  return `${lines.join("\n")}\n`;
}

function placeLine(looked: LookedAt, { t }: Wording): string {
  const whose = looked.tool ?? looked.kindName ?? t("discovery.own-gateway");
  return `  ${placeWords(looked.place, t)} (${whose}): ${outcomeWords(looked, t)}`;
}

function complain(message: string, exitCode: number): number {
  process.stderr.write(`plimsoll: ${message}.\n`.replace(/\.\.\n$/, ".\n"));
  return exitCode;
}
