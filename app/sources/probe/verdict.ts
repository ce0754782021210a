import { type FailureCause, failureCauseSchema } from "../../quota/failure.ts";
import type { TraceStep } from "../../quota/reading.ts";
import type { BoundedTransport } from "./bounded-transport.ts";
import type { ProbeCandidate, ProbeReason, ProbeResult } from "./result.ts";

/** What the probe asked and what came back. */
type Asked = Pick<BoundedTransport, "trace" | "failed" | "ranOut">;

const LIKELIHOODS = ["certain", "likely", "possible"] as const;

/** Orders what was recognised and says what follows from it. */
export function endingOf(found: readonly ProbeCandidate[], asked: Asked): ProbeResult {
  const { trace } = asked;
  const candidates = found.toSorted((a, b) => rank(a) - rank(b));
  const [best, second] = candidates;
  if (best === undefined) return unrecognised(asked);
  const result = { candidates, trace: [...trace] };
  const unreached = reachFailure(asked);
  if (unreached !== null && candidates.every(({ reading, otherAddress }) => reading === null && !otherAddress)) {
    return { ...result, outcome: "unreachable", reason: unreached };
  }
  if (best.likelihood === "possible") {
    return { ...result, outcome: "ambiguous", reason: { code: "only-possible", detail: null } };
  }
  if (second !== undefined && !isClearlyBetter(best, second)) {
    return { ...result, outcome: "ambiguous", reason: { code: "several-kinds", detail: null } };
  }
  if (best.otherAddress) {
    return { ...result, outcome: "needs-other-address", reason: { code: "other-address", detail: best.baseUrl } };
  }
  return { ...result, outcome: "found", reason: { code: `known-by-${best.knownBy}`, detail: null } };
}

/** Surer kinds first; among equals the one that told its quota, then the one that was not asked. */
function rank({ likelihood, reading, failure }: ProbeCandidate): number {
  return LIKELIHOODS.indexOf(likelihood) * 3 + (reading !== null ? 0 : failure === null ? 1 : 2);
}

/** A likely kind that gave figures beats a likely kind that was asked and gave none. */
function isClearlyBetter(best: ProbeCandidate, second: ProbeCandidate): boolean {
  if (best.likelihood !== second.likelihood) return true;
  return best.reading !== null && second.reading === null && second.failure !== null;
}

/** Why nothing was recognised: what every answer, or the most telling of them, had in common. */
export function unrecognised(asked: Asked): ProbeResult {
  const { trace, failed } = asked;
  const unreached = reachFailure(asked);
  if (unreached !== null) return { outcome: "unreachable", reason: unreached, candidates: [], trace: [...trace] };
  const code = commonProblem(asked);
  return {
    outcome: "nothing",
    reason: { code, detail: code === "redirected" && failed?.kind === "redirected-elsewhere" ? failed.host : null },
    candidates: [],
    trace: [...trace],
  };
}

/** Set when no answer came at all. */
function reachFailure({ trace, failed }: Pick<Asked, "trace" | "failed">): ProbeReason | null {
  if (trace.some(({ status }) => status !== null)) return null;
  const causes = trace.map(causeOf);
  for (const code of ["tls-untrusted", "unreachable", "timed-out"] as const) {
    if (causes.includes(code)) return { code, detail: failed !== null && "detail" in failed ? failed.detail : null };
  }
  return null;
}

/** What most of the answers say; each is a state of the address as a whole, so that a stray other answer does not hide it. */
function commonProblem({ trace, ranOut }: Asked): ProbeReason["code"] {
  const share = (...causes: readonly FailureCause[]) => shareOf(trace, causes);
  if (share("challenge-page") > 0.5) return "web-page";
  if (share("redirected-elsewhere") > 0.5) return "redirected";
  if (share("rate-limited") > 0.5) return "rate-limited";
  // Where nothing is, nothing was refused: one route that asks for a key is as telling as all of them.
  const there = trace.filter((step) => causeOf(step) !== "not-found");
  if (shareOf(there, ["key-refused", "key-lacks-permission"]) > 0.5) return "refused";
  if (share("server-error") > 0.5) return "server-error";
  // What was not answered within our bounds may be the very answer by which it would be known.
  if (ranOut || trace.some((step) => step.status === null && causeOf(step) === "timed-out")) return "too-slow";
  return "not-recognised";
}

function shareOf(steps: readonly TraceStep[], causes: readonly FailureCause[]): number {
  return steps.filter((step) => causes.some((cause) => cause === causeOf(step))).length / Math.max(1, steps.length);
}

function causeOf({ problem }: TraceStep): FailureCause | null {
  return failureCauseSchema.safeParse(problem).data ?? null;
}
