import type { ProbeCandidate, ProbeResult } from "../../app/sources/probe/result.ts";
import { findSource } from "../../app/sources/registry.ts";
import { candidateWords, probeReasonWords } from "../../app/wording/probe-words.ts";
import { meterJson } from "./status-json.ts";
import { testReport, traceLines } from "./test-report.ts";
import type { Wording } from "./wording.ts";

/** What a probe found as text: each kind with what it tells, or why there is none; the requests where they are asked for. */
export function probeReport(
  result: ProbeResult,
  now: number,
  wording: Wording,
  show: { readonly trace: boolean },
): string {
  const { title, detail, next } = probeReasonWords(result, wording.t);
  const lines = result.candidates.flatMap((candidate) => candidateLines(candidate, now, wording));
  if (result.outcome !== "found") lines.push(`${title}${detail === null ? "" : ` (${detail})`}. ${next}`);
  if (show.trace && result.trace.length > 0) lines.push("", ...traceLines(result.trace));
  return `${lines.join("\n")}\n`;
}

function candidateLines(candidate: ProbeCandidate, now: number, wording: Wording): string[] {
  const { kind, kindName, version, baseUrl, otherAddress, keyRefused, reading, failure } = candidate;
  const { likelihood, knownBy } = candidateWords(candidate, wording.t);
  const lines = [
    `${kindName}${version === null ? "" : ` ${version}`} (--kind ${kind}): ${likelihood}, ${knownBy}`,
    `  at ${baseUrl}${otherAddress ? ", which was not asked" : ""}`,
  ];
  if (reading !== null) lines.push(...indented({ type: "reading", reading }, now, wording));
  else if (failure !== null) lines.push(...indented({ type: "failure", failure }, now, wording));
  else if (keyRefused) lines.push(`  ${wording.t("cause.key-refused.title")}. ${wording.t("cause.key-refused.next")}`);
  else if (!otherAddress) lines.push(`  ${wording.t("probe.unread")}`);
  const keyNote = findSource(kind)?.keyNote;
  if (keyNote !== undefined && (keyRefused || failure?.cause === "key-lacks-permission"))
    lines.push(`  It takes ${keyNote}.`);
  return lines;
}

function indented(outcome: Parameters<typeof testReport>[0]["outcome"], now: number, wording: Wording): string[] {
  const report = testReport({ outcome, trace: [] }, now, wording);
  return report
    .trimEnd()
    .split("\n")
    .map((line) => `  ${line}`);
}

/** The same as JSON: meters in the form of `plimsoll status --json`. */
export function probeJson({ outcome, reason, candidates, trace }: ProbeResult) {
  return {
    schemaVersion: 1,
    outcome,
    reason,
    candidates: candidates.map(({ reading, ...candidate }) => ({
      ...candidate,
      reading:
        reading === null
          ? null
          : {
              account: reading.account,
              meters: reading.meters.map(meterJson),
              notices: reading.notices.map(({ key }) => key),
            },
    })),
    trace,
  };
}
