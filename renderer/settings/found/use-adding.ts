import { useState } from "react";
import type { ProbeReply, SentDraft } from "../../../app/contract/contract.ts";
import type { Finding } from "../../../app/discovery/discovery.ts";
import type { Failure } from "../../../app/quota/failure.ts";
import type { UiError } from "../../bridge/ui-bridge.ts";
import { useAppStore } from "../../store/context.tsx";

export type Candidate = Extract<ProbeReply, { type: "result" }>["result"]["candidates"][number];

/** What was said to the questions of a finding. */
export interface Answers {
  readonly address: string;
  readonly kind: string;
  readonly allowPlainHttp: boolean;
}

/** Where the adding of one finding stands. */
export interface Adding {
  /** idle: not begun; asking: its questions are open; busy: the host is at it. */
  readonly step: "idle" | "asking" | "busy";
  /** What there is to choose from, when an address could be several kinds. */
  readonly choices: readonly Candidate[];
  readonly problem: Problem | null;
  readonly begin: () => void;
  readonly cancel: () => void;
  /** Saves it: at an address given by hand where none is known, as the kind that was chosen where several could be. */
  readonly confirm: (answers: Answers) => Promise<void>;
}

/** As the probe knows it: of its answer only the refusal is kept. */
const REFUSED: Failure = { cause: "key-refused", detail: null, status: null, retryAt: null };

export type Problem =
  | { readonly type: "failure"; readonly kindName: string; readonly failure: Failure }
  | { readonly type: "error"; readonly error: UiError }
  | { readonly type: "unknown-kind" }
  | { readonly type: "no-key" };

/** Adds a finding as a source that refers to its place. `onAdded` hears the new source's id. */
export function useAdding(finding: Finding, onAdded: (sourceId: string) => void): Adding {
  const { bridge, showToast } = useAppStore();
  const [step, setStep] = useState<Adding["step"]>("idle");
  const [choices, setChoices] = useState<readonly Candidate[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { draft, needs } = finding;

  function stop(reason: Problem): void {
    setProblem(reason);
    setStep("asking");
  }

  async function save(ready: SentDraft): Promise<void> {
    const saved = await bridge.call("sources.save", ready);
    if (!saved.ok) return stop({ type: "error", error: saved.error });
    setStep("idle");
    setChoices([]);
    showToast({ type: "saved", label: ready.label });
    onAdded(saved.value.id);
  }

  /** What refused its key, or gave no figures, is told instead of saved: nobody looked at it but the probe. */
  async function saveOrTell(candidate: Candidate, allowPlainHttp: boolean): Promise<void> {
    const { keyRefused, failure, kindName } = candidate;
    const told = keyRefused ? REFUSED : failure;
    if (told !== null) return stop({ type: "failure", kindName, failure: told });
    return save(as(candidate, allowPlainHttp));
  }

  async function recognise(allowPlainHttp: boolean): Promise<void> {
    const asked = await bridge.call("sources.probe", { address: draft.baseUrl, key: draft.key, allowPlainHttp });
    if (!asked.ok) return stop({ type: "error", error: asked.error });
    if (asked.value.type === "needs-key") return stop({ type: "no-key" });
    const { outcome, candidates } = asked.value.result;
    const [first] = candidates;
    if (outcome === "found" && first !== undefined) return saveOrTell(first, allowPlainHttp);
    if (outcome !== "ambiguous" || first === undefined) return stop({ type: "unknown-kind" });
    setChoices(candidates);
    setStep("asking");
  }

  const as = ({ kind, baseUrl, options }: Candidate, allowPlainHttp: boolean): SentDraft => ({
    ...draft,
    kind,
    baseUrl,
    options,
    allowPlainHttp,
  });

  return {
    step,
    choices,
    problem,
    begin() {
      setStep("asking");
    },
    cancel() {
      setStep("idle");
      setChoices([]);
      setProblem(null);
    },
    async confirm({ address, kind, allowPlainHttp }) {
      setStep("busy");
      setProblem(null);
      const chosen = choices.find((candidate) => candidate.kind === kind) ?? choices[0];
      if (chosen !== undefined) return saveOrTell(chosen, allowPlainHttp);
      if (needs.includes("kind")) return recognise(allowPlainHttp);
      return save({ ...draft, allowPlainHttp, baseUrl: needs.includes("address") ? address.trim() : draft.baseUrl });
    },
  };
}
