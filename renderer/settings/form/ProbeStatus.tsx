import { candidateWords, probeReasonWords } from "../../../app/wording/probe-words.ts";
import { failureWords, missingKeyWords } from "../../../app/wording/status-words.ts";
import { useWords } from "../../words.tsx";
import type { ProbeModel } from "./use-probe.ts";

/** Says in one sentence what came of finding out, for those who do not see it appear. */
export function ProbeStatus({ probe }: { readonly probe: ProbeModel }) {
  const { t } = useWords();
  return (
    <div className="visually-hidden" role="status">
      {inWords()}
    </div>
  );

  function inWords(): string {
    const { reply, chosen, outcome } = probe;
    if (probe.busy) return t("probe.finding");
    if (reply === null) return "";
    if (reply.type === "needs-key") return missingKeyWords(reply.reason, reply.detail, t).title;
    if (chosen === null) {
      const { title, next } = probeReasonWords(reply.result, t);
      return `${title}. ${next}`;
    }
    const name = t("probe.announce", { name: chosen.kindName, likelihood: candidateWords(chosen, t).likelihood });
    if (outcome?.type === "reading") return `${name} ${t("form.works", { count: outcome.reading.meters.length })}.`;
    if (outcome?.type === "failure") return `${name} ${failureWords(outcome.failure, t).title}.`;
    return chosen.keyRefused ? `${name} ${t("cause.key-refused.title")}.` : name;
  }
}
