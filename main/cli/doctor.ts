import * as z from "zod";
import { isBudget } from "../../app/budgets/budget.ts";
import type { AppState } from "../../app/contract/contract.ts";
import type { SourceState } from "../../app/quota/snapshot.ts";
import type { SourceConfig } from "../../app/settings/schema.ts";
import { statusWords } from "../../app/wording/status-words.ts";
import { hostName } from "../host/attach/attach-error.ts";
import type { HostFacts } from "../host/attach/host-record.ts";
import type { AttachedFace } from "../host/attach/host-socket.ts";
import { diagnoseHost, type HostDiagnosis } from "../host/diagnosis.ts";
import { EXIT } from "./exit-codes.ts";
import { historyWords } from "./history-words.ts";
import { metricsWords } from "./metrics-words.ts";
import { profileOption, type Session, withEngine } from "./session.ts";
import { traceLines } from "./test-report.ts";
import { createWording, type Wording } from "./wording.ts";

const optionsSchema = z.object({ json: z.boolean().default(false), profile: profileOption });

/**
 * `plimsoll doctor`: where things lie, what is in force, and how each source does. Where a host runs this is what that one says, and
 * nothing is polled for it. No secret is in any of it.
 */
export function doctor(raw: unknown): Promise<number> {
  const options = optionsSchema.parse(raw);
  return withEngine({ profile: options.profile, demo: "off", host: "preferred" }, async (session) => {
    const host = await diagnosisOf(session);
    const faces = (await session.running?.faces()) ?? [];
    if (session.running === null) await session.engine.pollAll();
    const state = session.engine.state();
    const running = session.running === null ? null : { ...session.running.facts, faces };
    if (options.json) {
      const unreached = session.running === null ? session.unreached : null;
      const facts = { schemaVersion: 1, host, running, unreached, metrics: state.metrics, sources: sourceFacts(state) };
      process.stdout.write(`${JSON.stringify(facts, null, 2)}\n`);
    } else {
      const wording = createWording();
      const metrics = metricsWords(state.preferences.metrics, session.running === null ? null : state.metrics, wording);
      const lines = [
        ...hostLines(host, running === null ? aloneWords(session) : runningWords(running, wording), metrics),
        "",
        ...sourceLines(state, session.running !== null, Date.now(), wording),
      ];
      process.stdout.write(`${lines.join("\n")}\n`);
    }
    return EXIT.fine;
  });
}

/** The process that polls is asked, since its proxies, trust and keys count. */
async function diagnosisOf(session: Session): Promise<HostDiagnosis> {
  if (session.running === null) {
    return diagnoseHost({ profileDir: session.profileDir, vault: session.ports.vault });
  }
  const told = await session.running.diagnosis();
  const { vault } = session.engine.state();
  return told ?? diagnoseHost({ profileDir: session.profileDir, vault: { status: async () => vault } });
}

function aloneWords(session: Session): string {
  const why = session.running === null ? session.unreached : null;
  return `${why ?? "none runs on this profile"}; this command polled by itself`;
}

function runningWords(running: HostFacts & { readonly faces: readonly AttachedFace[] }, { f }: Wording): string {
  const { faces, startedAt, version } = running;
  const attached = faces.length === 0 ? "nothing else attached" : `attached: ${faces.map(hostName).join("; ")}`;
  return `${hostName(running)}, ${version}, since ${f.clock(startedAt, Date.now())}; ${attached}`;
}

function hostLines(host: HostDiagnosis, running: string, metrics: readonly string[]): string[] {
  const row = (name: string, text: string) => `${name.padEnd(10)}${text}`;
  const place = ({ path, exists }: HostDiagnosis["settings"]) => `${path}${exists ? "" : " (not there yet)"}`;
  return [
    row("Plimsoll", `on Node ${host.nodeVersion}, ${host.platform} ${host.arch}`),
    row("Host", running),
    row("Profile", place(host.profile)),
    row("Settings", place(host.settings)),
    row("Alerts", place(host.alerts)),
    ...host.keptAside.map((name) => row("Kept", `${name} (a broken file, kept aside)`)),
    row("Log", place(host.log)),
    row("History", historyWords(host.history)),
    ...metrics.map((line) => row("Metrics", line)),
    row("Keys", vaultWords(host.vault)),
    row("Proxy", proxyWords(host.proxy)),
    row("Trust", trustWords(host.trust)),
  ];
}

function vaultWords({ kind, backend, problem }: HostDiagnosis["vault"]): string {
  const because = problem === null ? "" : `: ${problem}`;
  switch (kind) {
    case "os-keyring":
      return `in the system keyring (${backend})`;
    case "session-only":
      return `for this session only${because}`;
    case "unprotected-file":
      return `in an unprotected file${because}`;
    case "not-checked":
      return "the keyring was not needed yet";
  }
}

function proxyWords({ variables, usedForHttp, usedForHttps }: HostDiagnosis["proxy"]): string {
  if (variables.length === 0) return "none (no proxy variable is set)";
  const used = [usedForHttps ? "https" : null, usedForHttp ? "http" : null].filter((scheme) => scheme !== null);
  const list = variables.map(({ name, shown }) => `${name}=${shown}`).join(", ");
  return `${used.length === 0 ? "not in use" : `for ${used.join(" and ")}`} (${list})`;
}

function trustWords({ default: built, system, extra, extraFile }: HostDiagnosis["trust"]): string {
  const fromSystem = system === null ? "the system's store cannot be read" : `${system} of the system`;
  const fromFile = extraFile === null ? "" : `, ${extra} from NODE_EXTRA_CA_CERTS=${extraFile}`;
  return `${built} certificate authorities of Node, ${fromSystem}${fromFile}`;
}

/** Budgets have no address, no key and no polls to diagnose. */
function polled({ sources }: AppState): readonly SourceState[] {
  return sources.filter((source) => !isBudget(source));
}

function sourceLines(state: AppState, isHosted: boolean, now: number, wording: Wording): string[] {
  const { t, f } = wording;
  const sources = polled(state);
  if (sources.length === 0) return ["No sources yet."];
  return sources.flatMap((source) => {
    const config = state.configs.find(({ id }) => id === source.id);
    const words = statusWords(source, now, f, t);
    const cause = words.title === null ? "" : `: ${words.title}${words.detail === null ? "" : ` (${words.detail})`}`;
    return [
      `${source.label} (${source.id})`,
      `  ${source.kind} at ${source.baseUrl}`,
      ...spareLines(source, config),
      `  key from ${config === undefined ? "nowhere" : keyWords(config)}`,
      `  ${words.state}${cause}`,
      ...(words.next === null ? [] : [`  ${words.next}`]),
      ...nextLines(source, isHosted, now, wording),
      ...traceLines(source.trace).map((line) => `  ${line}`),
      "",
    ];
  });
}

/** When it is read next and why: by the host that runs, or by what one would do that ran from now on. */
function nextLines(
  { nextDueAt, dueReason, polling }: SourceState,
  isHosted: boolean,
  now: number,
  { t, f }: Wording,
): string[] {
  if (polling) return ["  being read now"];
  if (nextDueAt === null || dueReason === null) return [];
  const when = nextDueAt <= now ? "now" : `at ${f.clock(nextDueAt, now)}`;
  const why = t(`due.${dueReason}`);
  return [isHosted ? `  next reading ${when} (${why})` : `  a Plimsoll that runs would read it again ${when} (${why})`];
}

function spareLines({ servedBy }: SourceState, config: SourceConfig | undefined): string[] {
  const spares = config?.spareBaseUrls ?? [];
  if (spares.length === 0) return [];
  return [`  spare: ${spares.join(", ")}`, ...(servedBy === undefined ? [] : [`  answered by ${servedBy}`])];
}

function keyWords({ credential }: SourceConfig): string {
  switch (credential.type) {
    case "env":
      return `the environment variable ${credential.name}`;
    case "file":
      return `the file ${credential.path} at ${credential.pointer}, for ${credential.origin} only`;
    case "vault":
      return `the keyring, for ${credential.origin} only`;
  }
}

function sourceFacts(state: AppState) {
  return polled(state).map(({ id, kind, label, baseUrl, servedBy, status, nextDueAt, dueReason, trace }) => ({
    id,
    kind,
    label,
    baseUrl,
    spareBaseUrls: state.configs.find((config) => config.id === id)?.spareBaseUrls ?? [],
    servedBy: servedBy ?? null,
    credential: state.configs.find((config) => config.id === id)?.credential ?? null,
    status,
    nextDueAt,
    dueReason,
    trace,
  }));
}
