import type { PasteProblem } from "../sources/probe/pasted-found.ts";
import type { ProbeCandidate, ProbeResult } from "../sources/probe/result.ts";
import type { Translate } from "./translate.ts";

/** Why a probe ended as it did, and what to do next. `detail` is the technical clause that the words leave open. */
export function probeReasonWords(
  { reason }: Pick<ProbeResult, "reason">,
  t: Translate,
): { title: string; detail: string | null; next: string } {
  const { code, detail } = reason;
  const params = { detail: detail ?? "" };
  const technical = code === "unreachable" || code === "tls-untrusted" ? detail : null;
  return {
    title: t(`probe.reason.${code}.title`, params),
    detail: technical,
    next: t(`probe.reason.${code}.next`, params),
  };
}

/** How a candidate was known, in two short clauses: "certain", "known by its answer". */
export function candidateWords(
  { likelihood, knownBy }: Pick<ProbeCandidate, "likelihood" | "knownBy">,
  t: Translate,
): { likelihood: string; knownBy: string } {
  return { likelihood: t(`probe.likelihood.${likelihood}`), knownBy: t(`probe.known-by.${knownBy}`) };
}

/** What is wrong with a pasted text, and what to do about it. */
export function pasteProblemWords(problem: PasteProblem, t: Translate): string {
  return t(`probe.paste.${problem}`);
}
