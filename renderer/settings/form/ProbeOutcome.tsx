import { ArrowRight, ChevronRight, CircleCheck, CircleHelp, CircleX, KeyRound, Waypoints } from "lucide-react";
import { useId } from "react";
import type { KindInfo, ProbeReply } from "../../../app/contract/contract.ts";
import type { TraceStep } from "../../../app/quota/reading.ts";
import type { ProbeCandidate, ProbeResult } from "../../../app/sources/probe/result.ts";
import { candidateWords, probeReasonWords } from "../../../app/wording/probe-words.ts";
import { failureWords, missingKeyWords } from "../../../app/wording/status-words.ts";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { Trace } from "../../ui/Trace.tsx";
import { useWords } from "../../words.tsx";
import { withOptionLabel } from "./field-problem.ts";
import styles from "./probe-outcome.module.css";
import { ReadingPreview } from "./ReadingPreview.tsx";
import { needsMore, type ProbeModel } from "./use-probe.ts";

const c = classNames(styles);

interface ProbeOutcomeProps {
  readonly probe: ProbeModel;
  readonly kinds: readonly KindInfo[];
  readonly testing: boolean;
}

/** What the probe found: the kind and what it tells, a choice, an address to agree to, or why there is nothing. */
export function ProbeOutcome({ probe, kinds, testing }: ProbeOutcomeProps) {
  const { t } = useWords();
  const { reply } = probe;
  if (reply === null) return null;
  return (
    <section className={c("outcome", toneOf(probe, reply))} aria-label={t("probe.outcome")} tabIndex={-1} data-outcome>
      {reply.type === "needs-key" ? (
        <Missing reply={reply} />
      ) : (
        <>
          <Answer probe={probe} kinds={kinds} result={reply.result} testing={testing} />
          {reply.result.trace.length > 0 && <Requests steps={reply.result.trace} />}
        </>
      )}
    </section>
  );
}

function toneOf(probe: ProbeModel, reply: ProbeReply): "good" | "ask" | "bad" {
  if (reply.type === "needs-key") return "bad";
  if (needsMore(probe)) return "ask";
  if (probe.chosen !== null) {
    const works = probe.outcome === null || probe.outcome.type === "reading";
    return probe.chosen.keyRefused || !works ? "bad" : "good";
  }
  return isQuestion(reply.result) ? "ask" : "bad";
}

/** Whether it is on the user to go on: by a choice, or by agreeing to an address. */
function isQuestion({ candidates, outcome }: ProbeResult): boolean {
  return candidates.length > 0 && (outcome === "ambiguous" || outcome === "needs-other-address");
}

function Answer({ probe, kinds, result, testing }: ProbeOutcomeProps & { readonly result: ProbeResult }) {
  const { candidates, outcome } = result;
  const [only] = candidates;
  if (only !== undefined && outcome === "needs-other-address") {
    return <OtherAddress candidate={only} result={result} probe={probe} />;
  }
  const several = outcome === "ambiguous" && candidates.length > 1;
  if (probe.chosen === null && !several) return <Nothing result={result} />;
  return (
    <>
      {several && <Choice probe={probe} result={result} />}
      {probe.chosen !== null && (
        <Chosen
          candidate={probe.chosen}
          kind={kinds.find(({ id }) => id === probe.chosen?.kind)}
          probe={probe}
          testing={testing}
          named={!several}
        />
      )}
    </>
  );
}

interface ChosenProps {
  readonly candidate: ProbeCandidate;
  readonly kind: KindInfo | undefined;
  readonly probe: ProbeModel;
  readonly testing: boolean;
  /** Its name stands above its figures; not where the choice just named it. */
  readonly named: boolean;
}

function Chosen({ candidate, kind, probe, testing, named }: ChosenProps) {
  const { t } = useWords();
  const { kindName, version, keyRefused, baseUrl } = candidate;
  const { likelihood, knownBy } = candidateWords(candidate, t);
  const fields = kind?.optionFields ?? [];
  const more = needsMore(probe);
  const bad = keyRefused || (probe.outcome !== null && probe.outcome.type !== "reading");
  const Icon = more ? CircleHelp : bad ? CircleX : CircleCheck;
  return (
    <>
      {named && (
        <div className={c("head")}>
          <Icon className={c("sign")} size={20} strokeWidth={2} aria-hidden="true" />
          <div className={c("names")}>
            <p className={c("name")}>
              {kindName}
              {version !== null && <span className={c("version")}>{t("probe.version", { version })}</span>}
            </p>
            <p className={c("how")}>
              {likelihood} · {knownBy}
            </p>
          </div>
        </div>
      )}
      {candidate.baseUrl !== probe.typed && (
        <p className={c("address")}>
          <span>{t("probe.saved-as")}</span> <code>{baseUrl}</code>
        </p>
      )}
      {testing && <p className={c("note")}>{t("form.testing")}</p>}
      {!testing && probe.outcome?.type === "reading" && (
        <ReadingPreview reading={probe.outcome.reading} kind={candidate.kind} sourceId={null} />
      )}
      {!testing && probe.outcome?.type === "failure" && (
        <Trouble
          {...withOptionLabel(failureWords(probe.outcome.failure, t), fields, t)}
          {...(more && { title: t("probe.needs-more"), next: t("probe.needs-more-next") })}
        />
      )}
      {!testing && probe.outcome?.type === "needs-key" && (
        <Trouble {...missingKeyWords(probe.outcome.reason, probe.outcome.detail, t)} />
      )}
      {probe.outcome === null && keyRefused && (
        <Trouble title={t("cause.key-refused.title")} detail={null} next={t("cause.key-refused.next")} />
      )}
      {kind !== undefined && isAboutKey(candidate, probe) && (
        <p className={c("note")}>{t("probe.takes", { kind: kindName, keyNote: kind.keyNote })}</p>
      )}
    </>
  );
}

/** Another key may be all that it takes. */
function isAboutKey({ keyRefused }: ProbeCandidate, { outcome }: ProbeModel): boolean {
  return keyRefused || (outcome?.type === "failure" && outcome.failure.cause === "key-lacks-permission");
}

function Choice({ probe, result }: { readonly probe: ProbeModel; readonly result: ProbeResult }) {
  const { t } = useWords();
  const group = useId();
  const { title, next } = probeReasonWords(result, t);
  return (
    <fieldset className={c("choice")}>
      <legend className={c("question")}>
        <CircleHelp className={c("sign")} size={18} strokeWidth={2} aria-hidden="true" />
        <span>
          {title} <span className={c("next")}>{next}</span>
        </span>
      </legend>
      {result.candidates.map((candidate) => (
        <label key={`${candidate.kind} ${candidate.baseUrl}`} className={c("option")}>
          <input
            type="radio"
            name={group}
            data-choice
            checked={probe.chosen === candidate}
            onChange={() => probe.choose(candidate)}
          />
          <span className={c("optionName")}>
            {candidate.kindName}
            {candidate.version !== null && (
              <span className={c("version")}>{t("probe.version", { version: candidate.version })}</span>
            )}
          </span>
          <span className={c("optionFacts")}>
            {[candidateWords(candidate, t).likelihood, tells(candidate)].filter((part) => part !== null).join(" · ")}
          </span>
        </label>
      ))}
    </fieldset>
  );

  function tells({ reading, failure, keyRefused }: ProbeCandidate): string | null {
    if (reading !== null) return t("probe.tells", { count: reading.meters.length });
    if (keyRefused) return t("cause.key-refused.title");
    return failure === null ? null : failureWords(failure, t).title;
  }
}

interface OtherAddressProps {
  readonly candidate: ProbeCandidate;
  readonly result: ProbeResult;
  readonly probe: ProbeModel;
}

/** The key goes nowhere that its owner did not name, so they have to agree to the address first. */
function OtherAddress({ candidate, result, probe }: OtherAddressProps) {
  const { t } = useWords();
  const { title, next } = probeReasonWords(result, t);
  return (
    <>
      <div className={c("head")}>
        <Waypoints className={c("sign")} size={20} strokeWidth={2} aria-hidden="true" />
        <div className={c("names")}>
          <p className={c("name")}>{candidate.kindName}</p>
          <p className={c("how")}>
            {title}. {next}
          </p>
        </div>
      </div>
      <p className={c("agree")}>
        <code>{candidate.baseUrl}</code>
        <Button
          small
          variant="primary"
          icon={ArrowRight}
          waiting={probe.busy}
          onClick={() => void probe.find(candidate.baseUrl)}
        >
          {t("probe.use-address")}
        </Button>
      </p>
    </>
  );
}

function Nothing({ result }: { readonly result: ProbeResult }) {
  const { t } = useWords();
  const { title, detail, next } = probeReasonWords(result, t);
  return <Headed icon={CircleX} title={title} detail={detail} next={next} />;
}

function Missing({ reply }: { readonly reply: Extract<ProbeReply, { type: "needs-key" }> }) {
  const { t } = useWords();
  return <Headed icon={KeyRound} {...missingKeyWords(reply.reason, reply.detail, t)} />;
}

interface HeadedProps {
  readonly icon: typeof CircleX;
  readonly title: string;
  readonly detail: string | null;
  readonly next: string;
}

function Headed({ icon: Icon, title, detail, next }: HeadedProps) {
  return (
    <div className={c("head")}>
      <Icon className={c("sign")} size={20} strokeWidth={2} aria-hidden="true" />
      <div className={c("names")}>
        <p className={c("name")}>{title}</p>
        {detail !== null && <p className={c("detail")}>{detail}</p>}
        <p className={c("how")}>{next}</p>
      </div>
    </div>
  );
}

function Trouble({ title, detail, next }: Omit<HeadedProps, "icon">) {
  return (
    <div className={c("trouble")}>
      <p className={c("troubleTitle")}>{title}</p>
      {detail !== null && <p className={c("detail")}>{detail}</p>}
      <p className={c("note")}>{next}</p>
    </div>
  );
}

/** Closed at first: they are up to a dozen, and the words above say what they come to. */
function Requests({ steps }: { readonly steps: readonly TraceStep[] }) {
  const { t } = useWords();
  return (
    <details className={c("trace")}>
      <summary className={c("traceTitle")}>
        <ChevronRight className={c("chevron")} size={13} strokeWidth={2.4} aria-hidden="true" />
        {t("probe.trace", { count: steps.length })}
      </summary>
      <Trace steps={steps} />
    </details>
  );
}
