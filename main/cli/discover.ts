import stringWidth from "string-width";
import * as z from "zod";
import { type CallError, probeReplySchema, type SentDraft } from "../../app/contract/contract.ts";
import { type Discovery, discoverySchema, type Finding, type LookedAt } from "../../app/discovery/discovery.ts";
import { findSource } from "../../app/sources/registry.ts";
import { findingName, outcomeWords, placeWords } from "../../app/wording/discovery-words.ts";
import { probeReasonWords } from "../../app/wording/probe-words.ts";
import { failureWords, missingKeyWords } from "../../app/wording/status-words.ts";
import { callErrorWords } from "./call-error-words.ts";
import { EXIT } from "./exit-codes.ts";
import { tellKeyPlace } from "./key-place.ts";
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
  const adds = options.add.length > 0 || options.addAll;
  return withEngine({ profile: options.profile, demo: "off", host: adds ? "needed" : "preferred" }, async (session) => {
    const answer = await session.engine.handle("sources.discover", undefined);
    if (!answer.ok) return complain(callErrorWords(answer.error, createWording().t), EXIT.failed);
    const found = discoverySchema.parse(answer.value);
    if (!adds) {
      process.stdout.write(options.json ? json(found, []) : table(found, options.all, createWording()));
      return EXIT.fine;
    }
    const unknown = options.add.find((id) => !found.findings.some((finding) => finding.id === id));
    if (unknown !== undefined) {
      // What is no id is not repeated: somebody may have put a key there.
      const id = /^[a-z\d-]{1,40}-[\da-f]{8}$/.test(unknown) ? ` ${unknown}` : " that was given";
      return complain(`nothing was found with the id${id}; nothing was saved`, EXIT.wrongUsage);
    }
    const named = (finding: Finding) => options.add.includes(finding.id);
    const asked = found.findings.filter(
      (finding) => named(finding) || (options.addAll && whySkipped(finding) === null),
    );
    if (options.addAll) {
      for (const finding of found.findings) {
        const why = named(finding) || finding.added !== null ? null : whySkipped(finding);
        if (why !== null) process.stderr.write(`plimsoll: not added: ${finding.id}, which ${why}\n`);
      }
    }
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
    return {
      ok: false,
      why: `${finding.id} ${needWords(finding)}; nothing was saved. Use: ${byHand(finding)}`,
      exit: EXIT.wrongUsage,
    };
  }
  const draft = finding.kind === null ? await recognised(finding, session) : finding.draft;
  if (typeof draft === "string") {
    return { ok: false, why: `${finding.id}: nothing was saved: ${draft}`, exit: EXIT.wrongUsage };
  }
  const result = await session.engine.handle("sources.save", draft);
  if (!result.ok) return { ok: false, why: `${finding.id}: ${words(result.error)}`, exit: EXIT.failed };
  if (session.running !== null) await tellKeyPlace(session, session.running, draft);
  return { ok: true, source: z.object({ id: z.string() }).parse(result.value).id };
}

/** Why `--add-all` leaves a finding alone; null where it can be added as it is. */
function whySkipped(finding: Finding): string | null {
  if (finding.status === "expired") return `has expired; use the tool that renews it, or name it with --add`;
  if (finding.needs.length === 0) return null;
  return `${needWords(finding)}; ${isAskable(finding) ? `--add ${finding.id}` : byHand(finding)}`;
}

/** What is missing is only the kind, which `--add` asks the gateway for. */
function isAskable({ needs }: Finding): boolean {
  return needs.every((need) => need === "kind");
}

/** What a finding needs before it can be saved, as a clause behind its name. */
function needWords({ kind, needs }: Finding): string {
  return needs.map((need) => needClause(need, kind)).join(" and ");
}

function needClause(need: Finding["needs"][number], kind: string | null): string {
  switch (need) {
    case "kind":
      return "has to be asked what it is, with the key";
    case "address":
      return "does not say at which address";
    case "options":
      return `needs the option ${optionsOf(kind).join(" and ")}`;
    case "plain-http":
      return "is at a plain http address, which needs your yes";
  }
}

function optionsOf(kind: string | null): readonly string[] {
  const source = kind === null ? undefined : findSource(kind);
  const required = (source?.optionFields ?? []).filter(({ required }) => required === true).map(({ name }) => name);
  return [...required, ...(source?.known?.needsOptions ?? [])];
}

/** The command that adds what cannot be added as it is. */
function byHand({ kind, needs, place, draft }: Finding): string {
  const key =
    place.type === "env"
      ? `--key-env ${place.name}`
      : `--key-file ${quoted(place.path)} --key-pointer ${quoted(place.pointer)}`;
  const words = [
    ...(kind === null ? [] : [`--kind ${kind}`]),
    ...(needs.includes("address") || kind === null
      ? [`--url ${draft.baseUrl === "" ? "ADDRESS" : draft.baseUrl}`]
      : []),
    ...(needs.includes("options") ? optionsOf(kind).map((name) => `--option ${name}=VALUE`) : []),
    ...(needs.includes("plain-http") ? ["--allow-plain-http"] : []),
  ];
  return `plimsoll source add ${words.join(" ")} ${key}`;
}

function quoted(word: string): string {
  return /^[\w./~:-]+$/.test(word) ? word : `'${word}'`;
}

/** Asks a gateway of one's own what it is, now that its key may be sent there; or why that is not known, in one clause. */
async function recognised({ draft }: Finding, session: Session): Promise<SentDraft | string> {
  const answer = await session.engine.handle("sources.probe", {
    address: draft.baseUrl,
    key: draft.key,
    allowPlainHttp: false,
  });
  if (!answer.ok) return words(answer.error);
  const reply = probeReplySchema.parse(answer.value);
  const { t } = createWording();
  if (reply.type === "needs-key") {
    const { title, detail, next } = missingKeyWords(reply.reason, reply.detail, t);
    return `${title}${detail === null ? "" : ` (${detail})`}. ${next}`;
  }
  const { result } = reply;
  const [candidate] = result.candidates;
  if (candidate === undefined || result.outcome !== "found") {
    const { title, detail, next } = probeReasonWords(result, t);
    const choices = result.candidates.map(({ kind }) => `--kind ${kind}`).join(" or ");
    return `${title}${detail === null ? "" : ` (${detail})`}. ${next}${choices === "" ? "" : ` Use \`plimsoll source add\` with ${choices}`}`;
  }
  if (candidate.keyRefused) return `${candidate.kindName} answers, and refused the key. ${t("cause.key-refused.next")}`;
  if (candidate.failure !== null) {
    const { title, detail, next } = failureWords(candidate.failure, t);
    return `${candidate.kindName} answers. ${title}${detail === null ? "" : ` (${detail})`}. ${next}`;
  }
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
    needs: finding.added === null && finding.needs.length > 0 ? needLine(finding) : null,
  }));
  const idWidth = Math.max(0, ...rows.map(({ id }) => stringWidth(id)));
  const stateWidth = Math.max(0, ...rows.map(({ state }) => stringWidth(state)));
  for (const { id, state, name, where, tool, needs } of rows) {
    lines.push(`${id.padEnd(idWidth)}  ${state.padEnd(stateWidth)}  ${name}${tool === null ? "" : ` · ${tool}`}`);
    const indent = " ".repeat(idWidth + stateWidth + 4);
    for (const place of where) lines.push(`${indent}${place}`);
    if (needs !== null) lines.push(`${indent}${needs}`);
  }
  if (findings.length === 0) lines.push("No key was found where known tools keep them.");
  const addable = findings.filter((finding) => finding.added === null && isAskable(finding));
  lines.push("", "Nothing was sent anywhere, and nothing was saved.");
  const first = addable.find(({ status }) => status === "usable") ?? addable[0];
  if (first !== undefined) lines.push(`To add one:  plimsoll discover --add ${first.id}`);
  const cut = places.filter(({ outcome }) => outcome === "too-many");
  if (!all) lines.push(...cut.map((place) => `Not looked at whole:${placeLine(place, wording)}`));
  if (all) lines.push("", "Looked at:", ...places.map((place) => placeLine(place, wording)));
  else lines.push(`Looked at ${places.length} places; --all lists them with what came of each.`);
  return `${lines.join("\n")}\n`;
}

function needLine(finding: Finding): string {
  return `It ${needWords(finding)}${isAskable(finding) ? ", which --add does." : `: ${byHand(finding)}`}`;
}

function placeLine(looked: LookedAt, { t }: Wording): string {
  const whose = looked.tool ?? looked.kindName ?? t("discovery.own-gateway");
  return `  ${placeWords(looked.place, t)} (${whose}): ${outcomeWords(looked, t)}`;
}

function complain(message: string, exitCode: number): number {
  process.stderr.write(`plimsoll: ${message}.\n`.replace(/\.\.\n$/, ".\n"));
  return exitCode;
}
